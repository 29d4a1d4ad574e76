"""``ikec rules diff`` between revisions of a repository, in every form, and what it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ikec_compliance.cli import main
from tests.analysis.lint_cases import write_rules
from tests.rule_files import places
from tests.support import load


def ikec(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["rules", "diff", *arguments])


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.email=proef@voorbeeld.nl", "-c", "user.name=proef", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the rules in a folder of their own: at most 20 places, then 16, and 18 not yet committed."""
    at = tmp_path / "werk"
    at.mkdir()
    target = write_rules(at, {})
    git(at, "init", "--quiet")
    for bound in (20, 16):
        path = target / "kinderopvang" / "proef.yaml"
        data = json.loads(path.read_text(encoding="utf-8"))
        data["rules"][0]["require"]["at_most"] = bound
        path.write_text(json.dumps(data, indent=1), encoding="utf-8")
        git(at, "add", "-A")
        git(at, "commit", "--quiet", "-m", f"hoogstens {bound}")
    path.write_text(path.read_text(encoding="utf-8").replace('"at_most": 16', '"at_most": 18'), encoding="utf-8")
    load(places(18), at)
    return at


def test_two_revisions_are_read_without_touching_the_work_tree(repository: Path) -> None:
    before = (repository / "rules" / "kinderopvang" / "proef.yaml").read_bytes()
    result = ikec("HEAD~1", "HEAD", "--rules", str(repository / "rules"), "--format", "json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert [(item["rule"], item["kind"]) for item in found["rules"]] == [("KO-PRF-01", "gewijzigd")]
    assert found["rules"][0]["new"]["file"] == "rules/kinderopvang/proef.yaml"
    assert (repository / "rules" / "kinderopvang" / "proef.yaml").read_bytes() == before
    status = subprocess.run(["git", "-C", str(repository), "status", "--porcelain"], capture_output=True, check=True)
    assert status.stdout == b" M rules/kinderopvang/proef.yaml\n?? centrum.yaml\n"


def test_a_revision_against_the_folder_as_it_stands(repository: Path) -> None:
    rules = str(repository / "rules")
    found = json.loads(ikec("HEAD~1", rules, "--rules", rules, "--format", "json").output)
    assert found["rules"][0]["flips"][0]["given"]["kindplaatsen"] in ("19", "20")


def test_a_centre_that_flips_counts(repository: Path) -> None:
    rules, centre = str(repository / "rules"), str(repository / "centrum.yaml")
    worse = ikec("HEAD~1", "HEAD", "--rules", rules, "--centre", centre)
    assert worse.exit_code == 1
    assert "KO-PRF-01 voorziening:kdv: voldoet → voldoet niet" in worse.output
    assert worse.output.splitlines()[-1] == (
        "1 regels vergeleken: 1 oordelen anders, 0 nieuw, 0 vervallen, 0 alleen in woorden anders; "
        "bij de centra 1 oordeel anders, waarvan 1 erger"
    )
    better = ikec("HEAD", "HEAD~1", "--rules", rules, "--centre", centre)
    assert (better.exit_code, "voldoet niet → voldoet" in better.output) == (0, True)
    same = ikec("HEAD", "HEAD", "--rules", rules, "--centre", centre)
    assert (same.exit_code, "niets verandert" in same.output) == (0, True)


def test_a_day_on_which_nothing_of_it_holds_yet(repository: Path) -> None:
    found = ikec("HEAD~1", "HEAD", "--rules", str(repository / "rules"), "--on", "2019-12-31", "--format", "json")
    assert json.loads(found.output)["rules"] == []


def test_the_comment_for_a_pull_request(repository: Path) -> None:
    rules, centre = str(repository / "rules"), str(repository / "centrum.yaml")
    text = ikec("HEAD~1", "HEAD", "--rules", rules, "--centre", centre, "--format", "markdown").output
    assert text.startswith("### Regels: HEAD\\~1 tegenover HEAD\n")
    assert "| KO-PRF-01 | Proef | vanaf 2020-01-01 | voldoet → voldoet niet | " in text
    assert "| **erger** KO-PRF-01 | voorziening:kdv | voldoet → voldoet niet | " in text
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({line.replace("\\|", "").count("|") for line in rows if "KO-PRF-01 | Proef" in line}) == 1


def test_annotations_point_at_the_centre_and_at_the_rule(repository: Path) -> None:
    rules, centre = str(repository / "rules"), str(repository / "centrum.yaml")
    lines = ikec("HEAD~1", "HEAD", "--rules", rules, "--centre", centre, "--format", "github").output.splitlines()
    assert lines[0].startswith("::warning file=") and "title=KO-PRF-01%3A voldoet → voldoet niet::" in lines[0]
    assert lines[1].startswith("::notice file=") and "rules/kinderopvang/proef.yaml,line=" in lines[1]
    assert lines[-1].startswith("::notice title=ikec rules diff::1 regels vergeleken")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "geef twee revisies of mappen om te vergelijken, of twee keer --on DATUM"),
        (["HEAD"], "geef twee revisies of twee mappen met regels"),
        (["HEAD", "bestaatniet"], "‘bestaatniet’ is geen map met regels en geen revisie"),
        (["--upload-pack=x", "HEAD"], "onbekende optie --upload-pack"),
        (["HEAD", "HEAD", "--on", "2024-01-01", "--on", "2025-01-01"],
         "geef twee revisies of mappen, of twee keer --on"),
        (["--on", "2024-01-01", "--on", "2025-01-01", "--period", "2024-01-01/2024-01-02"],
         "geen of twee keer --period"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_one_line(repository: Path, arguments: list[str], words: str) -> None:
    result = ikec(*arguments, "--rules", str(repository / "rules"))
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_a_revision_that_begins_with_a_dash_is_no_option_of_git(repository: Path) -> None:
    result = ikec("--rules", str(repository / "rules"), "--", "--output=x", "HEAD")
    assert result.exit_code == 2
    assert "‘--output=x’ is geen map met regels en geen revisie" in result.stderr
    assert not (repository / "x").exists()


def test_outside_a_repository_two_folders_are_asked(tmp_path: Path) -> None:
    target = write_rules(tmp_path, {})
    result = ikec("HEAD~1", "HEAD", "--rules", str(target))
    assert result.exit_code == 2
    assert "staat niet in een git-repository" in result.stderr


def test_rules_that_cannot_be_read_name_their_revision(repository: Path) -> None:
    path = repository / "rules" / "kinderopvang" / "proef.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kindplaatsen", "kindplaaatsen", 1), encoding="utf-8")
    git(repository, "commit", "--quiet", "-am", "tikfout")
    result = ikec("HEAD~1", "HEAD", "--rules", str(repository / "rules"))
    assert result.exit_code == 2
    assert result.stderr.startswith("rules/kinderopvang/proef.yaml:")
    assert "de regels van ‘HEAD’ zijn niet te lezen: onbekend veld 'kindplaaatsen'" in result.stderr

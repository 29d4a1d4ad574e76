"""The made-up country: the same for the same seed, valid, not perfect, and of the sizes it says."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from ikec_compliance.centre.centre import Centre
from ikec_compliance.centre.loader import centre_of
from ikec_compliance.fleet.breaches import BREACHES
from ikec_compliance.fleet.country import CLUSTERS, SITES, Cluster, carried, clusters, measured, read_clusters
from ikec_compliance.fleet.generate import country, generate
from ikec_compliance.fleet.made_up import make
from ikec_compliance.fleet.pattern import Quoted, copied, text
from ikec_compliance.model.errors import InputError
from ikec_compliance.yamlio.nodes import Mapping
from ikec_compliance.yamlio.reader import parse

DATA = os.environ.get("IKEC_DATA_DIR")
needs_data = pytest.mark.skipif(DATA is None, reason=f"IKEC_DATA_DIR met {CLUSTERS} en {SITES} is er niet")


def read(configuration: str) -> Centre:
    root = parse(configuration.encode(), "centrum.yaml")
    assert isinstance(root, Mapping)
    return centre_of(root, "", "centrum.yaml")


def places(centre: Centre, kind: str) -> tuple[int, ...]:
    return tuple(item.get("kindplaatsen") for item in centre.records("voorzieningen") if item.get("soort") == kind)


def test_the_same_seed_gives_the_same_country_and_another_another() -> None:
    first, again, other = (list(country(12, seed, None)) for seed in (3, 3, 4))
    assert first == again
    assert all(one[2] != two[2] for one, two in zip(first, other, strict=True))


def test_centres_are_valid_and_differ() -> None:
    rows = list(country(25, 5, None))
    centres = [read(configuration) for _, _, configuration in rows]
    assert [centre.id for centre in centres] == [id_ for id_, _, _ in rows]
    kinds = Counter(item.get("soort") for centre in centres for item in centre.records("voorzieningen"))
    assert set(kinds) == {"so", "sbo", "dagopvang", "bso", "jeugdhulp"}
    assert len({len(centre.records("medewerkers")) for centre in centres}) > 12


def test_sizes_are_those_of_the_cluster_and_no_group_has_more_children_than_places() -> None:
    for seed, (day, after) in enumerate([((6,), (3,)), ((164, 16), (350,)), ((), (20, 41)), ((33,), ())]):
        centre = read(text(make(Cluster("C0001", day, after, "Zeeland"), Random(seed))))
        assert places(centre, "dagopvang") == day and places(centre, "bso") == after
        for facility in centre.records("voorzieningen"):
            if facility.get("kindplaatsen") is not None:
                own = [group for group in centre.records("groepen") if facility.id in group.get("voorzieningen")]
                children = sum(sum(group.get("plaatsing").values()) for group in own)
                assert 0 < children <= facility.get("kindplaatsen")


@pytest.mark.parametrize(("chance", "breach"), BREACHES, ids=[breach.__name__.strip("_") for _, breach in BREACHES])
def test_every_breach_changes_a_centre_and_leaves_it_valid(chance: float, breach: object) -> None:
    assert 0 < chance < 1 and callable(breach)
    made = (make(Cluster("C0001", (40,), (60,), "Zeeland"), Random(seed)) for seed in range(99))
    centre = next(centre for centre in made if len(centre["voorzieningen"]) == 5)  # every kind
    before = copied(centre)
    for seed in range(10):
        breach(centre, Random(seed))
        if centre != before:
            break
    assert centre != before
    read(text(centre))


def test_no_real_organisation_is_named() -> None:
    written = "".join(configuration for _, _, configuration in country(12, 2, None)).lower()
    assert "jeugdhulpaanbieder" in written
    for name in ("parlan", "trigoon", "skh", "knoop", "hoorn", "zonnesteen"):
        assert name not in written


def test_text_says_what_was_meant() -> None:
    written = text({"centrum": {"a": Quoted("12"), "b": "12", "c": "it's: x, [y]", "d": None, "e": ["07:30", "x"]}})
    assert written == "centrum: {a: '12', b: 12, c: 'it''s: x, [y]', d: null, e: [07:30, x]}\n"


@pytest.fixture
def _long_fields() -> Iterator[None]:
    before = csv.field_size_limit(1 << 20)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("_long_fields")
def test_a_country_can_be_written_in_three_forms(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    for name in ("land.parquet", "land.csv", "land"):
        generate(tmp_path / name, 5, 1, None)
    rows = list(country(5, 1, None))
    table = pq.read_table(tmp_path / "land.parquet").to_pylist()
    assert [tuple(row.values()) for row in table] == rows
    with (tmp_path / "land.csv").open(encoding="utf-8", newline="") as stream:
        assert [tuple(row) for row in csv.reader(stream)][1:] == rows
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "land").iterdir()} == {
        f"{id_}.yaml": configuration for id_, _, configuration in rows
    }
    with pytest.raises(InputError, match="niet leeg"):
        generate(tmp_path / "land", 5, 1, None)


def test_sizes_without_the_files_follow_the_carried_distribution() -> None:
    sizes = [size for cluster in clusters(4000, 1, None) for size in cluster.dagopvang]
    quantiles = carried()["kwantielen"]["dagopvang"]
    middle = sorted(sizes)[len(sizes) // 2]
    assert quantiles[18] <= middle <= quantiles[22]
    assert quantiles[0] <= min(sizes) and max(sizes) <= quantiles[-1]


@pytest.mark.parametrize("row", ["C1", "C1,KDV,nul", "C1,GGD,20", "C1,KDV,0", None])
def test_a_file_of_clusters_that_will_not_do_is_named(tmp_path: Path, row: str | None) -> None:
    (tmp_path / CLUSTERS).write_text("\n".join(filter(None, ["cluster_id,type,kindplaatsen", row])), encoding="utf-8")
    with pytest.raises(InputError, match="lrk-clusters"):
        read_clusters(tmp_path / CLUSTERS)
    with pytest.raises(InputError, match="--data"):
        list(clusters(1, 1, tmp_path / "nergens"))


@needs_data
def test_the_carried_distribution_is_that_of_the_files() -> None:
    assert DATA is not None
    found = measured(Path(DATA))
    assert {key: value for key, value in carried().items() if key in found} == found


@needs_data
def test_as_many_as_there_are_is_as_they_are_and_more_are_drawn_again() -> None:
    assert DATA is not None
    real = read_clusters(Path(DATA) / CLUSTERS)
    found = list(clusters(len(real), 1, Path(DATA)))
    assert {item.id: (item.dagopvang, item.bso) for item in found} == {
        id_: (own["dagopvang"], own["bso"]) for id_, own in real.items()
    }
    more = list(clusters(10_000, 1, Path(DATA)))
    assert len({item.id for item in more}) == 10_000
    assert all((item.dagopvang, item.bso) == tuple(real[item.id.partition("-")[0]].values()) for item in more)
    assert len({item.id.partition("-")[0] for item in more}) > 1_100

"""The schemas that stand beside the files describe them, to the key, whatever the catalog."""

from pathlib import Path

import pytest

from generator.exporters import outputs
from generator.site import Site
from tests.exporters.described import FILES, undescribed, values
from tests.exporters.sites import checkout, files, golden, offering, parsed, site
from tests.sources.published import checkout as write_checkout


def faults(made: Site, name: str) -> list[str]:
    found = files(outputs(made))
    schema = parsed(found[f"api/v1/{name}.schema.json"])
    paths = FILES[name] + [path for path in found if name == "index" and path.endswith("/index.ndjson")]
    looked_at = [value for path in paths for value in values(path, found[path])]
    assert looked_at
    return [fault for value in looked_at for fault in undescribed(value, schema, schema, name)]


@pytest.mark.parametrize("name", FILES)
def test_the_schemas_describe_what_is_written(name: str, tmp_path: Path) -> None:
    write_checkout(tmp_path)
    assert faults(golden(), name) == []
    assert faults(checkout(tmp_path), name) == []
    tiers = [{"above": 300_000, "input": 2, "output": 3}]
    priced = offering(
        price={"input": 1, "output": 2, "batch_discount": 0, "operations": {"request": 1}, "tiers": tiers}
    )
    assert faults(site(priced, offering(id="y", price={"billing": "free"})), name) == []


def test_every_file_of_data_has_a_schema() -> None:
    known = {path for paths in FILES.values() for path in paths}
    for path, data in files(outputs(golden())).items():
        is_data = path.startswith(("api/", "v1/")) or (path.endswith((".json", ".ndjson")) and "/" not in path)
        if is_data and not path.endswith((".schema.json", "model-schema.json")) and path not in known:
            assert path in ("api.json", "models.json"), path
        if path.endswith(".schema.json"):
            assert parsed(data)["$schema"] == "https://json-schema.org/draft/2020-12/schema"
            assert parsed(data)["$id"] == f"https://catalog.example.org/models/{path}"


@pytest.mark.parametrize("name", FILES)
def test_a_key_more_or_less_is_a_fault(name: str) -> None:
    schema = parsed(files(outputs(golden()))[f"api/v1/{name}.schema.json"])
    assert list(undescribed([], schema, schema, name)) != []
    if name != "litellm":
        assert list(undescribed({"more": "x"}, schema, schema, name)) != []
    else:
        assert list(undescribed({"more": {}}, schema, schema, name)) == ["litellm.more misses litellm_provider"]

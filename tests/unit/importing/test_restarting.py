"""An import that is stopped half way and run again gives what one run gives."""

from __future__ import annotations

import pytest
from making import SERTRALINE, data_folder, release

from easeoff.medicines.importing import propose_import
from easeoff.medicines.importing import releases as releases_module


def test_stopped_at_any_time_and_run_again_gives_the_same(tmp_path):
    data = data_folder(tmp_path / "data")
    paths = release(tmp_path / "release")
    whole = propose_import("dmd", paths, tmp_path / "whole", data)
    steps = []
    propose_import("dmd", paths, tmp_path / "count", data, progress=lambda done, total: steps.append(done))
    for stop in range(1, len(steps)):
        work = tmp_path / f"work-{stop}"
        told = 0

        def progress(done, total, stop=stop):
            nonlocal told
            told += 1
            if told == stop:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            propose_import("dmd", paths, work, data, progress=progress)
        assert not (work / "proposal-dmd").exists()
        again = propose_import("dmd", paths, work, data)
        assert (again.rows, again.left_out, again.difference) == (
            whole.rows,
            whole.left_out,
            whole.difference,
        )


def test_a_file_that_was_read_is_not_read_again_unless_it_has_changed(tmp_path, monkeypatch):
    data = data_folder(tmp_path / "data")
    paths = release(tmp_path / "release")
    reader = releases_module.READERS["dmd"]
    read = []

    def load(role, path, add, advance):
        read.append(role)
        reader.load(role, path, add, advance)

    monkeypatch.setitem(releases_module.READERS, "dmd", type(reader)(
        **{name: getattr(reader, name) for name in reader.__slots__} | {"load": load}))  # fmt: skip
    propose_import("dmd", paths, tmp_path / "work", data)
    assert sorted(read) == ["amp", "ampp", "ingredient", "lookup", "vmp", "vmpp", "vtm"]
    propose_import("dmd", paths, tmp_path / "work", data)
    assert len(read) == 7
    release(tmp_path / "release", SERTRALINE[:1])
    changed = propose_import("dmd", paths, tmp_path / "work", data)
    assert len(changed.rows) == 1 and "vmp" in read[7:] and "lookup" not in read[7:]


def test_a_damaged_work_store_is_made_anew(tmp_path):
    data = data_folder(tmp_path / "data")
    paths = release(tmp_path / "release")
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "dmd.sqlite").write_bytes(b"not a store" * 100)
    assert len(propose_import("dmd", paths, tmp_path / "work", data).rows) == 3

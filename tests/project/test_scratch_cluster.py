"""Where a search cluster cannot be had, one line says so: a failure in CI, a skip elsewhere."""

from __future__ import annotations

import pytest

from scripts import with_cluster


@pytest.fixture
def no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise with_cluster.ClusterMissing("no Java for this machine")

    monkeypatch.setattr(with_cluster, "find_java", missing)
    monkeypatch.setattr(with_cluster.signal, "signal", lambda *_: None)


@pytest.mark.parametrize(("ci", "code"), [("true", 1), ("", 0)])
def test_without_java_the_command_is_skipped_aloud(no_java, monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    assert with_cluster.main(["pytest", "-m", "cluster"]) == code
    said = capsys.readouterr().out
    assert said.startswith("SKIPPED")
    assert said.count("\n") == 1
    assert "no Java for this machine" in said
    assert "pytest -m cluster" in said


def test_a_person_who_asked_for_a_cluster_is_told_by_the_exit_code(no_java, monkeypatch):
    monkeypatch.setenv("CI", "")
    assert with_cluster.main([]) == 1


def test_a_missing_maven_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr(with_cluster.shutil, "which", lambda _name: None)
    with pytest.raises(with_cluster.ClusterMissing, match="apt-get install maven"):
        with_cluster._maven()

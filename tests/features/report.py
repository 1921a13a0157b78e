"""`--report FILE` writes the page a reviewer reads and signs. Switched on by `-p tests.features.report`."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_bdd.scenario import scenario_wrapper_template_registry

from tests.features.report_page import Run, page


def pytest_addoption(parser):
    parser.addoption("--report", metavar="FILE", type=Path, help="write rules, scenarios and results as one HTML page")


def pytest_configure(config):
    path = config.getoption("report")
    if path is None:
        return
    if config.getoption("numprocesses", None):
        raise pytest.UsageError("--report hears of what runs in its own process only: say -n 0")
    config.pluginmanager.register(Report(path))


class Report:
    def __init__(self, path):
        self.path = path
        self.runs = []

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item, call):
        report = yield
        scenario = scenario_wrapper_template_registry.get(getattr(item, "function", None))
        if scenario is not None and (report.when == "call" or report.failed):
            example = item.callspec.params.get("_pytest_bdd_example", {}) if hasattr(item, "callspec") else {}
            failure = None if report.passed else _first_line(call, report)
            self.runs.append(Run(scenario=scenario, example=example, failure=failure))
        return report

    def pytest_sessionfinish(self):
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(page(self.runs, datetime.now(UTC)), encoding="utf-8")

    def pytest_terminal_summary(self, terminalreporter):
        terminalreporter.write_line(f"{len(self.runs)} scenarios, read them in {self.path}")


def _first_line(call, report):
    told = str(call.excinfo.value).strip() if call.excinfo else ""
    return (told or report.outcome).splitlines()[0]

"""What an operator asks of retention at the command line."""


def test_the_plan_a_run_and_its_report(optin):
    plan = optin("retention", "plan")
    assert plan.returncode == 0, plan.stderr
    assert "DE-UWG-02" in plan.stdout
    run = optin("retention", "run")
    assert run.returncode == 0, run.stderr
    assert "nothing was over" in run.stdout
    assert optin("retention", "report").stdout == run.stdout

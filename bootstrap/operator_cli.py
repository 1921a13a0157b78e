"""`optin operator`: staff accounts, from the console of who runs the installation."""

from typing import Annotated
from uuid import UUID

from cyclopts import App, Parameter

from application.operators.joining import MakeFirstLink
from application.operators.staff import ChangeOperator, HelpOperator, OperatorQueries
from bootstrap.ports import Ports
from bootstrap.running import ready, run
from bootstrap.use_cases import build_all
from domain.access import SYSTEM

operator = App(name="operator", help="Staff accounts.")
_Id = Annotated[UUID, Parameter(name="ID")]


@operator.command(name="first-link")
def first_link() -> None:
    """Print the link that makes the first administrator; the one before is worth nothing."""
    with ready() as settings:
        ports = Ports(settings=settings)
        link = run(ports, build_all(ports)[MakeFirstLink])
        print(link or "There is an administrator already: they invite others.")


@operator.command(name="list")
def list_operators() -> None:
    """Every operator, the newest first."""
    with ready() as settings:
        ports = Ports(settings=settings)
        queries = build_all(ports)[OperatorQueries]
        for one in run(ports, lambda: queries.every(SYSTEM)):
            state = "active" if one.active else "disabled"
            print(f"{one.id}  {one.role.value:10}  {state:8}  {one.email.masked}")


@operator.command
def disable(operator_id: _Id, /) -> None:
    """End every sign-in of an operator, and let none begin."""
    with ready() as settings:
        ports = Ports(settings=settings)
        done = run(ports, lambda: build_all(ports)[ChangeOperator].disable(operator_id, SYSTEM))
        print(f"{done.id} is disabled.")


@operator.command
def reset(operator_id: _Id, /, *, factors: bool = False) -> None:
    """Print a link to set a new password, good for 30 minutes; with --factors, take codes and passkeys away as well."""
    with ready() as settings:
        ports = Ports(settings=settings)
        link, mailed = run(ports, lambda: build_all(ports)[HelpOperator](operator_id, SYSTEM, factors=factors))
        print("The link is on its way by mail." if mailed else link)

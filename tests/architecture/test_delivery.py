"""Nothing reaches delivery except through a Clearance."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hustings"

#: What puts bytes on a wire to a person.
WIRE = (
    "smtplib",
    "aiosmtplib",
    "requests",
    "http.client",
    "django.core.mail.send_mail",
    "django.core.mail.get_connection",
)

#: Modules that reach out, but never to a person: each asks a machine and sends nothing of ours but the question.
NOT_TO_PEOPLE = {
    "project/demo/browser.py",  # asks the demo's own pages
    "adwatch/meta_wire.py",  # asks the ad library's API for other people's ads
    "platform/public_web.py",  # asks strangers' machines: pages, feeds, and witnesses, who get our signed checkpoint
}


def _modules(folder: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in folder.rglob("*.py"):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text())


def _imported_names(tree: ast.Module) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _called_names(tree: ast.Module) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}


def test_only_the_postroom_touches_the_wire() -> None:
    """No other app imports anything that sends mail; the demo's browser talks to the demo's own pages."""
    wrong = []
    for name, tree in _modules(SOURCE):
        if name.startswith("postroom/") or name in NOT_TO_PEOPLE:
            continue
        found = {
            item
            for item in _imported_names(tree)
            if item in WIRE or item.startswith("hustings.postroom.smtp")
        }
        if found:
            wrong.append(f"{name}: {sorted(found)}")
    assert not wrong, wrong


#: Modules that open a web address with the plain opener: each asks what its operator, or the demo itself, just named.
OWN_ERRANDS = {
    "openness/commands.py",  # verifies the record at the address somebody types on the command line
    "project/demo/record_step.py",  # verifies the demo's own record
}


def test_addresses_out_of_the_database_go_through_the_checked_opener() -> None:
    """`platform.public_web` looks at every address it connects to; nothing else opens an address that was stored."""
    plain = {"urllib.request.urlopen", "urlopen", "urllib.request.build_opener", "build_opener"}
    found = {name for name, tree in _modules(SOURCE) if _called_names(tree) & plain}
    assert found == OWN_ERRANDS


def test_only_the_courier_holds_connections() -> None:
    """Inside the postroom, one module opens the fleet of connections; the rest only knows letters and outcomes."""
    holders = set()
    for name, tree in _modules(SOURCE / "postroom"):
        if not name.startswith("postroom/smtp/") and any(
            item in {"hustings.postroom.smtp.Fleet", "hustings.postroom.smtp.fleet"}
            for item in _imported_names(tree)
        ):
            holders.add(name)
    assert holders == {"postroom/delivery/courier.py"}


def test_the_courier_sends_only_what_was_claimed_and_asked_about() -> None:
    """It gets its messages from the claims, and shows each claim to the gate, which asks clearance both ways."""
    trees = dict(_modules(SOURCE / "postroom"))
    courier, gate = trees["postroom/delivery/courier.py"], trees["postroom/delivery/gate.py"]
    assert any(
        name.startswith("hustings.postroom.usecases.claim_messages.") for name in _imported_names(courier)
    )
    assert {"claim_messages", "stopped_by_clearance"} <= _called_names(courier)
    asked = {name.rpartition(".")[2] for name in _imported_names(gate) if "clearance.usecases" in name}
    assert {"recheck", "clear_addresses"} <= asked & _called_names(gate)


def test_bulk_messages_are_made_only_from_a_clearance() -> None:
    """Message rows are made where a Clearance is at hand, and as single service messages, which get theirs when claimed.

    Signing a petition stores many confirmation requests in one statement, as `queue_message` makes and checks them.
    """
    makes = {
        *("Message", "Message.objects.create", "Message.objects.bulk_create"),
        *("insert_new", "write_rows", "bulk.insert_new", "bulk.write_rows"),
    }
    makers = set()
    for name, tree in _modules(SOURCE):
        if _called_names(tree) & makes and any(
            item == "hustings.postroom.models.Message" for item in _imported_names(tree)
        ):
            makers.add(name)
    assert makers == {
        "postroom/usecases/open_dispatch.py",
        "postroom/usecases/open_text_dispatch.py",
        "postroom/usecases/queue_message.py",
        "actions/usecases/take_signature.py",
    }

"""What the worker does for the archive."""

from datetime import date

from django_tasks import task

from hustings.basics.clock import clock


@task()
def fetch_from_meta(terms: str, page_ids: str, first_on: str, last_on: str) -> int:
    """Fetch and import what a question names; returns the number of ads. A refusal stands with the run."""
    from hustings.adwatch.usecases.fetch_ads import CannotFetch, Question, fetch_ads

    try:
        run, _imported = fetch_ads(
            question=Question(
                terms=terms.strip(),
                page_ids=tuple(one.strip() for one in page_ids.split(",") if one.strip()),
                first_on=date.fromisoformat(first_on) if first_on else None,
                last_on=date.fromisoformat(last_on) if last_on else None,
            ),
            now=clock().now(),
        )
    except CannotFetch:
        return 0
    return run.ads


@task()
def look_everybody_up() -> int:
    """Look every entity up in the registers, for those registers that came in since; returns new links. On the schedule."""
    from hustings.adwatch.usecases.link_registers import link_registers
    from hustings.adwatch.usecases.suggest_codes import suggest_codes

    found = link_registers(entity_ids=None, now=clock().now())
    suggest_codes(entity_ids=None)
    return found

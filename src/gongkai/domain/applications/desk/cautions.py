"""What other areas have to say beside the grounds of a decision, before one is chosen.

How another app takes part, in its ``wagtail_hooks.py``::

    @hooks.register("register_ground_caution")
    def often():
        return cautions  # cautions(organisation) returns a sentence by ground
"""

from collections.abc import Callable, Mapping

from wagtail import hooks

from gongkai.domain.organisations.models import Organisation

HOOK = "register_ground_caution"
Caution = Callable[[Organisation], Mapping[str, str]]


def cautions_for(organisation: Organisation) -> dict[str, str]:
    """Return what should make a clerk of *organisation* look twice, by ground."""
    told: dict[str, str] = {}
    registered: list[Caution] = [make() for make in hooks.get_hooks(HOOK)]
    for caution in registered:
        for key, sentence in caution(organisation).items():
            told[key] = f"{told[key]}；{sentence}" if key in told else sentence
    return told

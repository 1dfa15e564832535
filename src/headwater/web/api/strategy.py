"""What programs may ask of the strategy: its parts, what was promised, and its versions. A figure is told only with its need."""

from typing import Any

from headwater.partnership.models import Power
from headwater.strategy.models import Need, Part, Promise, Version
from headwater.strategy.questions import KINDS
from headwater.strategy.views.finding import need_named
from headwater.web.api.routes import reading
from headwater.web.api.shapes import shape_of


def _parts(kind: str, model: type[Part]) -> None:
    def parts() -> Any:
        return model.objects.standing()

    parts.__name__ = f"strategy_{kind}"
    parts.__doc__ = f"The {kind} of the strategy as it stands, without figures that are not released."
    _ = reading(f"/strategy/{kind}", Power.READ_STRATEGY, gives=list[shape_of(model)])(parts)


for name, kind in KINDS.items():
    _parts(name, kind)


@reading(
    "/strategy/needs/{slug}", Power.SEE_FIGURES, of=need_named, gives=shape_of(Need, sensitive=True), ledgered=True
)
def strategy_need(need: Need) -> Any:
    """One need, with the figure that it rests on."""
    return need


@reading("/strategy/promises", Power.READ_STRATEGY, gives=list[shape_of(Promise)])
def strategy_promises() -> Any:
    """What organisations answered to what they are asked, the newest answer of each."""
    return Promise.objects.all()


@reading("/strategy/versions", Power.READ_STRATEGY, gives=list[shape_of(Version)])
def strategy_versions() -> Any:
    """Every version that was frozen, without what stands in it."""
    return Version.objects.all()

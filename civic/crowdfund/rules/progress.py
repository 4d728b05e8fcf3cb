"""How far a campaign is: all or nothing, so 99.9 % is failure and is never shown as 100 %."""

from dataclasses import dataclass

from civic.core.money import Money


@dataclass(frozen=True)
class Progress:
    """What counts towards a target, part by part."""

    target: Money
    pledged: Money  # standing card pledges, without tips
    offline: Money  # cash and cheques, confirmed by staff
    funds: Money  # raised before, with evidence
    in_kind: Money  # gifts in kind, with evidence
    match: Money  # the Mayor's pledge and other funds

    @property
    def counted(self) -> Money:
        """Everything that counts."""
        return self.pledged + self.offline + self.funds + self.in_kind + self.match

    @property
    def missing(self) -> Money:
        """What is still needed; nothing once the target is reached."""
        return max(self.target - self.counted, Money(0))

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached, to the penny."""
        return self.target.minor > 0 and self.counted >= self.target

    @property
    def percent(self) -> int:
        """The share of the target in whole percent, rounded down, so that 99.9 % says 99."""
        return self.counted.minor * 100 // self.target.minor if self.target else 0


def share_bps(counted: Money, target: Money) -> int:
    """The share of the target in hundredths of a percent, rounded down; capped so that it fits any column."""
    return min(counted.minor * 10_000 // target.minor, 1_000_000_000) if target else 0

"""Seeded plausible answers for a demonstration: a choice, a number, a sentence. Pure."""

from __future__ import annotations

import random

from msgspec import UNSET

from turnout import wire

TEXTS = (
    "More trees, and somewhere to sit in the shade.",
    "It depends on the time of day. In the evening I take another way.",
    "No strong opinion, but my children walk here every day.",
    "Slower cars first. Everything else can wait.",
    "Que los vecinos puedan decidir juntos.",
    "Me preocupa el ruido por la noche.",
    "No sé, nunca lo he pensado así.",
    "Eu gostaria que fosse mais simples e mais seguro.",
    "Depende muito de quem usa a rua.",
    "Je voudrais pouvoir traverser sans courir.",
    "Ça va mieux depuis deux ans, mais il reste à faire.",
    "Ich möchte, dass man uns vorher fragt.",
    "Мне важно, чтобы дети могли гулять одни.",
    "Пока не думал, ничего сказать не могу.",
    "أريد أرصفة أوسع وأشجارًا أكثر.",
    "يعتمد الأمر على الموقف.",
    "शाम को रोशनी अच्छी होनी चाहिए।",
    "भरोसा धीरे-धीरे बनता है।",
    "我更关心安全。",
    "如果能安静一点,我愿意多走几步。",
    "便利だけれど、夜は少し怖い。",
    "Mimi naona ni nzuri kwa watoto.",
)
SILENT = 0.06
"""How often somebody does not answer."""
OTHER = 0.04
"""How often somebody writes an own answer where that is allowed."""


def plausible(item: wire.Item, chance: random.Random) -> wire.Body | None:
    """An answer that the question takes, or None: now and then people stay silent."""
    if chance.random() < SILENT:
        return None
    match item.type:
        case "message":
            return None
        case "open_text":
            return wire.Body(text=chance.choice(TEXTS))
        case "number" | "scale":
            return wire.Body(number=_number(item, chance))
        case "single_choice":
            if not item.options or (item.other and chance.random() < OTHER):
                return wire.Body(other=chance.choice(TEXTS))
            return wire.Body(option=_popular(len(item.options), chance))
        case "multiple_choice":
            return _several(item, chance)


def _several(item: wire.Item, chance: random.Random) -> wire.Body:
    exclusive = {n for n, option in enumerate(item.options, start=1) if option.exclusive}
    count = len(item.options)
    chosen = {_popular(count, chance) for _ in range(chance.randint(1, 3))} if count else set()
    if len(chosen) > 1:
        chosen -= exclusive
    if not chosen or (item.other and not chosen & exclusive and chance.random() < OTHER):
        if item.other:
            return wire.Body(options=sorted(chosen), other=chance.choice(TEXTS))
        chosen = {min(exclusive)}
    return wire.Body(options=sorted(chosen))


def _popular(count: int, chance: random.Random) -> int:
    """Earlier options are somewhat more popular, so that a chart has a shape."""
    return min(chance.randint(1, count), chance.randint(1, count))


def _number(item: wire.Item, chance: random.Random) -> float:
    low = 0.0 if item.min is UNSET else item.min
    high = low if item.max is UNSET else item.max
    step = 1.0 if item.step is UNSET else item.step
    return low + step * round(chance.triangular(0, int((high - low) / step)))

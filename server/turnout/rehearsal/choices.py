"""Seeded plausible answers for a demonstration: a choice, a number, a sentence. Pure."""

from __future__ import annotations

import random

from msgspec import UNSET

from turnout import wire

TEXTS = (
    "I would trust it more if somebody could explain how it decides.",
    "It depends. For small things yes, for my health no.",
    "No strong opinion, but my children use it every day.",
    "Convenience first. Then I worry about it at night.",
    "Confío más en las personas que conozco.",
    "Me preocupa quién se queda con los datos.",
    "No sé, nunca lo he pensado así.",
    "Eu gostaria que fosse mais simples e mais barato.",
    "Depende muito de quem está por trás.",
    "Je veux pouvoir parler à un être humain.",
    "Ça m'aide au travail, mais je vérifie tout.",
    "Ich möchte selbst entscheiden können.",
    "Мне важно, чтобы решение принимал человек.",
    "Пока не пробовал, ничего сказать не могу.",
    "أريد أن أعرف من المسؤول عندما يحدث خطأ.",
    "يعتمد الأمر على الموقف.",
    "मुझे लगता है कि इससे पढ़ाई आसान होगी।",
    "भरोसा धीरे-धीरे बनता है।",
    "我更关心隐私。",
    "如果能节省时间,我愿意试试。",
    "便利だけれど、少し怖い。",
    "Mimi naona ni nzuri kwa elimu.",
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

"""One page whose live method sends the question to everybody."""

from otree.api import BaseConstants, BaseGroup, BasePlayer, BaseSubsession, Page

QUESTION = {"type": "question", "text": "x" * 571}


class C(BaseConstants):
    NAME_IN_URL = "q"
    PLAYERS_PER_GROUP = None
    NUM_ROUNDS = 1


class Subsession(BaseSubsession):
    pass


class Group(BaseGroup):
    pass


class Player(BasePlayer):
    pass


class Q(Page):
    @staticmethod
    def live_method(player, data):
        return {0: QUESTION}


page_sequence = [Q]

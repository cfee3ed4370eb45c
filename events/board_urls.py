"""Addresses of introductions and of the board."""

from django.urls import path

from .views import (
    board,
    board_answer,
    exchange_links,
    group_answers,
    group_board,
    group_introductions,
    introduction_ask,
)

_BOARD = "group/<str:code>/board/"
_GROUP = "group/<str:code>/introductions/"

urlpatterns = [
    path("board/", board.board_list, name="board"),
    path("board/<str:code>/", board.board_post, name="opportunity"),
    path("board/<str:code>/answer/", board_answer.board_answer, name="opportunity_answer"),
    path("board/<str:code>/answered/", board_answer.board_answered, name="opportunity_answered"),
    path(_BOARD, group_board.group_board, name="group_board"),
    path(f"{_BOARD}new/", group_board.group_post_new, name="group_post_new"),
    path(f"{_BOARD}<str:post>/", group_board.group_post, name="group_post"),
    path(f"{_BOARD}<str:post>/edit/", group_board.group_post_edit, name="group_post_edit"),
    path(f"{_BOARD}<str:post>/now/", group_board.group_post_now, name="group_post_now"),
    path(f"{_BOARD}<str:post>/answers/<int:number>/", group_answers.group_answer, name="group_answer"),
    path("o/<str:code>/introduction/", introduction_ask.introduction_ask, name="introduction_ask"),
    path("exchange/<str:token>/", exchange_links.exchange_link, name="exchange_link"),
    path(_GROUP, group_introductions.group_introductions, name="group_introductions"),
    path(f"{_GROUP}new/<str:to>/", group_introductions.group_introduction_new, name="group_introduction_new"),
    path(f"{_GROUP}<str:introduction>/", group_introductions.group_introduction, name="group_introduction"),
]

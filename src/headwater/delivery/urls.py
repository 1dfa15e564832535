"""The addresses of this room."""

from django.urls import URLPattern, path

from headwater.delivery.views import deciding, evaluating, planning, quarters, reporting, returns

urlpatterns: list[URLPattern] = [
    path("delivery/", planning.delivery, name="delivery"),
    path("delivery/plan/", planning.plan_intervention, name="plan_intervention"),
    path("delivery/quarters/", quarters.quarters, name="quarters"),
    path("delivery/quarters/open/", quarters.open_quarter, name="open_quarter"),
    path("delivery/quarters/<int:number>/lock/", quarters.lock_quarter, name="lock_quarter"),
    path("delivery/quarters/<int:number>/report/", reporting.quarter_report, name="quarter_report"),
    path("delivery/quarters/<int:number>/report/<str:kind>/", reporting.download_report, name="download_report"),
    path("delivery/served/", reporting.served, name="served"),
    path("delivery/evaluations/", evaluating.evaluations, name="evaluations"),
    path("delivery/evaluations/<int:number>/", evaluating.evaluation, name="evaluation"),
    path("delivery/evaluations/<int:number>/amend/", evaluating.amend_evaluation, name="amend_evaluation"),
    path("delivery/evaluations/<int:number>/run/", evaluating.run_evaluation, name="run_evaluation"),
    path("delivery/with/<slug:slug>/evaluation/", evaluating.register_evaluation, name="register_evaluation"),
    path("delivery/returns/<int:number>/", returns.show_return, name="return"),
    path("delivery/returns/<int:number>/write/", returns.write_return, name="write_return"),
    path("delivery/returns/<int:number>/check/", returns.check_return, name="check_return"),
    path("delivery/returns/<int:number>/approve/", deciding.approve_return, name="approve_return"),
    path("delivery/returns/<int:number>/send-back/", deciding.send_back_return, name="send_back_return"),
    path("delivery/returns/<int:number>/colour/", deciding.override_colour, name="override_colour"),
    path("delivery/returns/<int:number>/break-glass/", deciding.break_glass, name="break_glass"),
    path("delivery/returns/<int:number>/story/", deciding.take_out_story, name="take_out_story"),
    path("delivery/with/<slug:slug>/", planning.intervention, name="intervention"),
    path("delivery/with/<slug:slug>/money/", planning.add_line, name="add_line"),
    path("delivery/with/<slug:slug>/milestone/", planning.add_milestone, name="add_milestone"),
    path("delivery/with/<slug:slug>/target/", planning.add_target, name="add_target"),
    path("delivery/with/<slug:slug>/return/<int:number>/", returns.begin_return, name="begin_return"),
]

"""The addresses of the assessment as it is read. What an edition holds lies under its own name."""

from django.urls import path

from headwater.web.views import areas, assessment, looking, numbers, searching

urlpatterns = [
    path("", assessment.assessment, name="assessment"),
    path("<str:edition>/", assessment.edition, name="edition"),
    path("<str:edition>/style.css", assessment.edition_style, name="edition_style"),
    path("<str:edition>/pages/<str:slug>/", assessment.edition_page, name="edition_page"),
    path("<str:edition>/tables/<str:name>", assessment.edition_table, name="edition_table"),
    path("<str:edition>/files/<str:name>", assessment.edition_file, name="edition_file"),
    path("<str:edition>/numbers/<str:anchor>/", numbers.number, name="number"),
    path("<str:edition>/numbers/<str:anchor>/again/", numbers.number_again, name="number_again"),
    path("<str:edition>/numbers/<str:anchor>/again/<uuid:run>/", numbers.number_checked, name="number_checked"),
    path("<str:edition>/look/", looking.look_closer, name="look"),
    path("<str:edition>/look/keep/", looking.keep_view, name="keep_view"),
    path("<str:edition>/look/forget/<int:number>/", looking.forget_view, name="forget_view"),
    path("<str:edition>/outlines.json", looking.outlines, name="outlines"),
    path("<str:edition>/areas/<str:code>/", areas.area, name="area"),
    path("<str:edition>/search/", searching.search, name="search"),
]

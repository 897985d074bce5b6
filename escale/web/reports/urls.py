"""The addresses of the reports: behind their letters, in the pages of a mairie, and in the steering."""

from django.urls import path, register_converter

from escale.core.calendar.periods import Period
from escale.web.reports import batches, commune, reading, steering, whole
from escale.web.reports.giving import Form


class PeriodConverter:
    """A quarter or a year in an address: « 2026-T3 », « 2026 »."""

    regex = r"(?:19|20|21)\d\d(?:-T[1-4])?"

    def to_python(self, value: str) -> Period:
        return Period.parse(value)

    def to_url(self, value: Period | str) -> str:
        return str(value)


class FormConverter:
    """The kind of a file in an address."""

    regex = "|".join(form.value for form in Form)

    def to_python(self, value: str) -> Form:
        return Form(value)

    def to_url(self, value: Form | str) -> str:
        return str(value)


register_converter(PeriodConverter, "period")
register_converter(FormConverter, "form")

app_name = "reports"
urlpatterns = [
    path("<str:key>/", reading.read, name="read"),
    path("<str:key>/rapport.<form:form>", reading.take, name="take"),
    path("<str:key>/bien-recu/", reading.acknowledge, name="acknowledge"),
]

commune_urls = [
    path("rapports/", commune.list_reports, name="reports"),
    path("rapports/<period:period>/", commune.show_report, name="report"),
    path("rapports/<period:period>/rapport.<form:form>", commune.take_report, name="take_report"),
    path("rapports/<period:period>/bien-recu/", commune.acknowledge, name="acknowledge_report"),
]

steering_urls = [
    path("", steering.list_reports, name="reports"),
    path("lots/", batches.ask_batch, name="report_batches"),
    path("lots/<int:pk>/", batches.show_batch, name="report_batch"),
    path("lots/<int:pk>/archive.zip", batches.take_batch, name="report_archive"),
    path("<period:period>/preparer/", steering.prepare, name="prepare_reports"),
    path("<period:period>/territoire/", whole.show_territory, name="territory_report"),
    path("<period:period>/territoire/rapport.<form:form>", whole.take_territory, name="take_territory_report"),
    path("<period:period>/territoire/arreter/", whole.freeze, name="freeze_territory_report"),
    path("<period:period>/<str:code>/", steering.show_report, name="report"),
    path("<period:period>/<str:code>/rapport.<form:form>", steering.take_report, name="take_report"),
    path("<period:period>/<str:code>/retenir/", steering.hold, name="hold_report"),
    path("<period:period>/<str:code>/rectifier/", steering.rectify, name="rectify_report"),
    path("<period:period>/<str:code>/<slug:deed>/", steering.act_on_report, name="act_on_report"),
]

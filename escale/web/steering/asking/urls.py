"""The addresses of what is asked of the mairies, below « tournee/ »."""

from django.urls import path

from escale.web.steering.asking import inquiry, remarks

urlpatterns = [
    path("consultation/", inquiry.show_inquiry, name="inquiry"),
    path("consultation/ouvrir/", inquiry.open_new, name="open_inquiry"),
    path("consultation/envoyer/", inquiry.send, name="send_inquiry"),
    path("consultation/rappeler/", inquiry.remind, name="remind_inquiry"),
    path("consultation/clore/", inquiry.close, name="close_inquiry"),
    path("consultation/date/", inquiry.move, name="move_inquiry"),
    path("consultation/<str:code>/", inquiry.show_commune, name="inquiry_commune"),
    path("consultation/<str:code>/lien/", inquiry.renew, name="renew_inquiry_link"),
    path("<int:number>/remarques/", remarks.show_remarks, name="remarks"),
    path("<int:number>/remarques/envoyer/", remarks.send, name="send_for_remarks"),
    path("<int:number>/remarques/rappeler/", remarks.remind, name="remind_remarks"),
    path("<int:number>/remarques/<str:code>/", remarks.answer, name="answer_remark"),
]

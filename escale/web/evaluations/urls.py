"""The addresses of the evaluations, in the steering."""

from django.urls import path, re_path

from escale.web.evaluations import campaigns, steering

evaluation_urls = [
    path("", campaigns.list_campaigns, name="evaluations"),
    path("<int:pk>/", steering.show_evaluation, name="evaluation"),
    re_path(r"^(?P<pk>\d+)/evaluation\.(?P<kind>pdf|csv)$", steering.take_evaluation, name="take_evaluation"),
    path("<int:pk>/arreter/", steering.freeze_evaluation, name="freeze_evaluation"),
    path("<int:pk>/recommander/", steering.add_recommendation, name="recommend"),
    path("<int:pk>/rectifier/", steering.rectify, name="rectify_evaluation"),
    path("recommandations/<int:pk>/retirer/", steering.take_recommendation_back, name="withdraw_recommendation"),
    path("<str:month>/", campaigns.show_campaign, name="campaign"),
    path("<str:month>/arreter/", campaigns.freeze_campaign, name="freeze_campaign"),
    path("<str:month>/relancer/", campaigns.remind_campaign, name="remind_campaign"),
    path("<str:month>/valider/", campaigns.validate_campaign, name="validate_campaign"),
]

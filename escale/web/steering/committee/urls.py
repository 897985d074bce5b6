"""The addresses of the committee, below « comite/ »."""

from django.urls import path

from escale.web.steering.committee import board, meetings, opening, proposals, trials

urlpatterns = [
    path("", board.show_committee, name="committee"),
    path("membres/nouveau/", board.name_member, name="add_committee_member"),
    path("membres/<int:pk>/fin/", board.end_term, name="end_committee_member"),
    path("propositions/nouvelle/", proposals.add_proposal, name="add_proposal"),
    path("propositions/<int:number>/", proposals.show_proposal, name="proposal"),
    path("propositions/<int:number>/modifier/", proposals.edit_proposal, name="edit_proposal"),
    path("propositions/<int:number>/suite/", proposals.tell_fate, name="settle_proposal"),
    path("propositions/<int:number>/avenants/", opening.open_drafts, name="open_proposed"),
    path("propositions/<int:number>/essayer/", trials.ask_planner, name="try_proposal"),
    path("propositions/<int:number>/essais/<int:pk>/", trials.show_trial, name="trial"),
    path("propositions/<int:number>/essais/<int:pk>/reprendre/", trials.adopt, name="adopt_trial"),
    path("recommandations/<int:pk>/", opening.carry, name="carry_recommendation"),
    path("reunions/nouvelle/", meetings.add_meeting, name="add_committee_meeting"),
    path("reunions/<int:pk>/", meetings.show_meeting, name="committee_meeting"),
    path("reunions/<int:pk>/preparer/", meetings.prepare, name="prepare_committee_meeting"),
    path("reunions/<int:pk>/convoquer/", meetings.send_convening, name="convene_committee"),
    path("reunions/<int:pk>/annuler/", meetings.cancel, name="cancel_committee_meeting"),
    path("reunions/<int:pk>/tenue/", meetings.tell, name="tell_committee_meeting"),
    path("reunions/<int:pk>/compte-rendu.pdf", meetings.send_minutes, name="committee_minutes"),
    path("invitations/<int:pk>/revoquer/", meetings.revoke, name="revoke_committee_link"),
    path("invitations/<int:pk>/renouveler/", meetings.renew, name="renew_committee_link"),
]

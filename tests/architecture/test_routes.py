"""Who reaches which page: every route against every person of the cast. A route that is missing here fails."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from escale.apps.accounts.models import User
from escale.apps.booking.actions.rights import note_rights_request
from escale.apps.booking.kinds import Right
from escale.apps.communication.actions import Coordinated, Told, record_communication, record_coordination
from escale.apps.communication.models import Medium
from escale.apps.documents.uploads import Upload
from escale.apps.schedule.models import Inquiry, PersonalLink, Plan, PlannedVisit, PlanOrigin, Question, Run
from escale.apps.team.actions import record_insurance
from escale.apps.team.models import Post
from escale.apps.territory import clock
from escale.apps.territory.models import BassinDeVie, Commune, Epci, Premises, Relay, SchoolHoliday, TerritoryClosure
from escale.apps.urgencies.actions import ask_urgency
from escale.apps.visits.models import Point, Visit
from escale.core.urgencies.life import Matter
from tests.apps.conventions.filed import filed, finished_batch
from tests.apps.conventions.paper import in_force
from tests.web.committee.world import committee_world
from tests.web.desk.world import desk_world
from tests.web.evaluations.world import evaluation_world
from tests.web.field.world import field_world
from tests.web.means.world import means_world
from tests.web.reports.world import report_world
from tests.web.workshops.world import workshop_world

PEOPLE = ("anonymous", "coordinator", "lawyer", "mediator", "referent", "neighbour", "desk", "reader", "stranger")
"""The columns of the table. The référent and the desk are those of Oisy, the neighbour is that of Bousignies."""

# What a GET answers to each of them, in the order of PEOPLE. The page of another's object is a 404; one that only takes
# POST is a 405.
ROUTES = {
    "account_change_password": "302 302 302 302 302 302 302 302 302",
    "account_inactive": "200 200 200 200 200 200 200 200 200",
    "account_login": "200 302 302 302 302 302 302 302 302",
    "account_logout": "302 200 200 200 200 200 200 200 200",
    "account_reset_password": "200 200 200 200 200 200 200 200 200",
    "account_reset_password_done": "200 200 200 200 200 200 200 200 200",
    "account_reset_password_from_key": "200 200 200 200 200 200 200 200 200",
    "account_reset_password_from_key_done": "200 200 200 200 200 200 200 200 200",
    "account_set_password": "302 200 200 200 200 200 200 200 200",
    "account_signup": "200 302 302 302 302 302 302 302 302",
    "public:home": "200 200 200 200 200 200 200 200 200",
    "public:commune": "200 200 200 200 200 200 200 200 200",
    "public:commune_feed": "200 200 200 200 200 200 200 200 200",
    "public:commune_rss": "200 200 200 200 200 200 200 200 200",
    "public:territory_feed": "200 200 200 200 200 200 200 200 200",
    "public:territory_rss": "200 200 200 200 200 200 200 200 200",
    "public:commune_year": "200 200 200 200 200 200 200 200 200",
    "public:workshops": "200 200 200 200 200 200 200 200 200",
    "public:help": "200 200 200 200 200 200 200 200 200",
    "public:your_data": "200 200 200 200 200 200 200 200 200",
    "public:legal": "200 200 200 200 200 200 200 200 200",
    "public:english": "200 200 200 200 200 200 200 200 200",
    "public:accessibility": "200 200 200 200 200 200 200 200 200",
    "public:data": "200 200 200 200 200 200 200 200 200",
    "public:places_csv": "200 200 200 200 200 200 200 200 200",
    "public:visits_csv": "200 200 200 200 200 200 200 200 200",
    "public:visits_geojson": "200 200 200 200 200 200 200 200 200",
    "public:conventions_csv": "200 200 200 200 200 200 200 200 200",
    "public:conventions_schema": "200 200 200 200 200 200 200 200 200",
    "public:statistics_csv": "200 200 200 200 200 200 200 200 200",
    "public:statistics_schema": "200 200 200 200 200 200 200 200 200",
    "public:data_inclusion": "200 200 200 200 200 200 200 200 200",
    "public:commune_poster": "200 200 200 200 200 200 200 200 200",
    "public:commune_pocket": "200 200 200 200 200 200 200 200 200",
    "public:snippet": "200 200 200 200 200 200 200 200 200",
    "public:commune_dates": "200 200 200 200 200 200 200 200 200",
    "public:snippet_script": "200 200 200 200 200 200 200 200 200",
    "public:commune_request": "200 200 200 200 200 200 200 200 200",
    "public:check_file": "200 200 200 200 200 200 200 200 200",
    "links:folder": "404 404 404 404 404 404 404 404 404",
    "links:folder_page": "404 404 404 404 404 404 404 404 404",
    "links:questionnaire": "200 200 200 200 200 200 200 200 200",
    "links:answer": "404 404 404 404 404 404 404 404 404",
    "feeds:calendar": "404 404 404 404 404 404 404 404 404",
    "entering:ask": "200 200 200 200 200 200 200 200 200",
    "entering:asked": "200 200 200 200 200 200 200 200 200",
    "entering:link": "404 404 404 404 404 404 404 404 404",
    "account:start": "302 302 302 302 302 302 302 302 302",
    "account:choose": "405 405 405 405 405 405 405 405 405",
    "commune:home": "302 403 403 403 200 200 200 403 403",
    "commune:dates": "302 403 403 403 200 200 200 403 403",
    "commune:planning_pdf": "302 403 403 403 404 404 404 403 403",
    "commune:feed": "302 403 403 403 200 200 200 403 403",
    "commune:convention": "302 403 403 403 200 200 200 403 403",
    "commune:file_paper": "302 403 403 403 404 404 404 403 403",
    "commune:paper": "302 403 403 403 200 404 200 403 403",
    "commune:name_referent": "302 403 403 403 200 200 403 403 403",
    "commune:name_signatory": "302 403 403 403 200 200 403 403 403",
    "commune:confirm_premises": "302 403 403 403 200 200 403 403 403",
    "commune:urgencies": "302 403 403 403 200 200 200 403 403",
    "commune:withdraw_urgency": "405 405 405 405 405 405 405 405 405",
    "commune:mairie": "302 403 403 403 200 200 200 403 403",
    "commune:logo": "302 403 403 403 200 200 403 403 403",
    "steering:logo": "302 200 403 403 403 403 403 403 200",
    "steering:commune_logo": "302 200 403 403 403 403 403 403 404",
    "commune:edit_mairie": "302 403 403 403 200 200 403 403 403",
    "commune:mairie_requests": "405 405 405 405 405 405 405 405 405",
    "commune:communication": "302 403 403 403 200 200 200 403 403",
    "commune:communication_code": "302 403 403 403 200 200 200 403 403",
    "commune:correct_communication": "302 403 403 403 200 404 200 403 403",
    "commune:withdraw_communication": "405 405 405 405 405 405 405 405 405",
    "commune:communication_proof": "302 403 403 403 200 404 200 403 403",
    "commune:add_relay": "302 403 403 403 200 200 403 403 403",
    "commune:edit_relay": "302 403 403 403 200 404 403 403 403",
    "commune:remove_relay": "405 405 405 405 405 405 405 405 405",
    "commune:remarks": "302 403 403 403 200 200 403 403 403",
    "field:home": "302 403 403 200 403 403 403 403 403",
    "field:days": "302 403 403 200 403 403 403 403 403",
    "field:urgencies": "302 403 403 200 403 403 403 403 403",
    "field:urgency": "302 403 403 200 403 403 403 403 403",
    "field:urgency_step": "302 403 403 405 403 403 403 403 403",
    "field:points": "302 403 403 200 403 403 403 403 403",
    "field:answer_point": "405 405 405 405 405 405 405 405 405",
    "field:relays": "302 403 403 200 403 403 403 403 403",
    "field:feed": "302 403 403 200 403 403 403 403 403",
    "field:manifest": "200 200 200 200 200 200 200 200 200",
    "field:service_worker": "200 200 200 200 200 200 200 200 200",
    "field:kept": "200 200 200 200 200 200 200 200 200",
    "field:token": "401 403 403 200 403 403 403 403 403",
    "field:day_data": "401 403 403 200 403 403 403 403 403",
    "field:send": "405 405 405 405 405 405 405 405 405",
    "field:half_day": "302 403 403 200 403 403 403 403 403",
    "field:arrive": "302 403 403 200 403 403 403 403 403",
    "field:note_point": "405 405 405 405 405 405 405 405 405",
    "field:tally": "405 405 405 405 405 405 405 405 405",
    "field:ask": "302 403 403 200 403 403 403 403 403",
    "field:thank": "302 403 403 200 403 403 403 403 403",
    "field:log": "302 403 403 200 403 403 403 403 403",
    "field:out_of_bounds": "302 403 403 200 403 403 403 403 403",
    "field:orientation": "302 403 403 200 403 403 403 403 403",
    "field:orientation_pdf": "302 403 403 200 403 403 403 403 403",
    "field:take_home": "302 403 403 200 403 403 403 403 403",
    "field:mark": "405 405 405 405 405 405 405 405 405",
    "field:correct": "302 403 403 200 403 403 403 403 403",
    "field:remove": "405 405 405 405 405 405 405 405 405",
    "field:choose_version": "405 405 405 405 405 405 405 405 405",
    "field:danger": "200 200 200 200 200 200 200 200 200",
    "field:help": "302 403 403 200 403 403 403 403 403",
    "field:incident": "302 403 403 200 403 403 403 403 403",
    "field:choose_source": "405 405 405 405 405 405 405 405 405",
    "steering:home": "302 200 200 403 403 403 403 200 200",
    "steering:communes": "302 200 200 403 403 403 403 200 200",
    "steering:commune": "302 200 200 403 403 403 403 200 404",
    "steering:open_data": "302 200 403 403 403 403 403 403 200",
    "steering:ages": "302 200 403 403 403 403 403 403 200",
    "steering:commune_ages": "302 200 403 403 403 403 403 403 404",
    "steering:edit_commune": "302 200 403 403 403 403 403 403 404",
    "steering:bassins": "302 200 200 403 403 403 403 200 200",
    "steering:add_bassin": "302 200 403 403 403 403 403 403 200",
    "steering:edit_bassin": "302 200 403 403 403 403 403 403 404",
    "steering:remove_bassin": "405 405 405 405 405 405 405 405 405",
    "steering:add_place": "302 200 403 403 403 403 403 403 404",
    "steering:edit_place": "302 200 403 403 403 403 403 403 404",
    "steering:urgencies": "302 200 403 403 403 403 403 403 200",
    "steering:urgency": "302 200 403 403 403 403 403 403 404",
    "steering:urgency_step": "302 405 405 403 403 403 403 405 405",
    "steering:edit_mairie": "302 200 403 403 403 403 403 403 404",
    "steering:relays": "302 200 200 403 403 403 403 200 200",
    "steering:add_relay": "302 200 403 403 403 403 403 403 404",
    "steering:edit_relay": "302 200 403 403 403 403 403 403 404",
    "steering:remove_relay": "405 405 405 405 405 405 405 405 405",
    "steering:calculator": "302 200 200 403 403 403 403 200 200",
    "field:communication": "302 403 403 200 403 403 403 403 403",
    "steering:communication": "302 200 200 403 403 403 403 200 200",
    "steering:correct_communication": "302 200 403 403 403 403 403 403 404",
    "steering:withdraw_communication": "405 405 405 405 405 405 405 405 405",
    "steering:communication_proof": "302 200 200 403 403 403 403 200 404",
    "steering:coordination": "302 200 200 403 403 403 403 200 200",
    "steering:correct_coordination": "302 200 403 403 403 403 403 403 404",
    "steering:withdraw_coordination": "405 405 405 405 405 405 405 405 405",
    "steering:coordination_proof": "302 200 200 403 403 403 403 200 404",
    "steering:insights": "302 200 200 403 403 403 403 200 200",
    "steering:propose_insight": "302 200 403 403 403 403 403 403 404",
    "steering:committee": "302 200 200 403 403 403 403 200 200",
    "steering:add_committee_member": "302 200 403 403 403 403 403 403 200",
    "steering:end_committee_member": "302 200 403 403 403 403 403 403 404",
    "steering:add_proposal": "302 200 403 403 403 403 403 403 200",
    "steering:edit_proposal": "302 200 403 403 403 403 403 403 404",
    "steering:open_proposed": "302 200 403 403 403 403 403 403 404",
    "steering:adopt_trial": "405 405 405 405 405 405 405 405 405",
    "steering:carry_recommendation": "405 405 405 405 405 405 405 405 405",
    "steering:proposal": "302 200 200 403 403 403 403 200 404",
    "steering:trial": "302 200 200 403 403 403 403 200 404",
    "steering:try_proposal": "302 200 403 403 403 403 403 403 404",
    "steering:settle_proposal": "302 200 403 403 403 403 403 403 404",
    "steering:add_committee_meeting": "302 200 403 403 403 403 403 403 200",
    "steering:committee_meeting": "302 200 200 403 403 403 403 200 404",
    "steering:prepare_committee_meeting": "302 200 403 403 403 403 403 403 404",
    "steering:convene_committee": "405 405 405 405 405 405 405 405 405",
    "steering:cancel_committee_meeting": "302 200 403 403 403 403 403 403 404",
    "steering:tell_committee_meeting": "302 200 403 403 403 403 403 403 404",
    "steering:committee_minutes": "302 404 404 403 403 403 403 404 404",
    "steering:renew_committee_link": "405 405 405 405 405 405 405 405 405",
    "steering:revoke_committee_link": "405 405 405 405 405 405 405 405 405",
    "steering:conventions": "302 200 200 403 403 403 403 200 200",
    "steering:deadlines": "302 200 200 403 403 403 403 403 200",
    "steering:deadlines_feed": "302 200 200 403 403 403 403 403 200",
    "steering:obligations": "302 200 200 403 403 403 403 403 200",
    "steering:obligation": "302 200 200 403 403 403 403 403 200",
    "steering:insurance": "302 200 200 403 403 403 403 403 200",
    "steering:add_insurance": "302 200 200 403 403 403 403 403 200",
    "steering:attestation": "302 200 200 403 403 403 403 404 404",
    "steering:remove_insurance": "405 405 405 405 405 405 405 405 405",
    "steering:convention": "302 200 200 403 403 403 403 200 404",
    "steering:convention_obligations": "302 200 200 403 403 403 403 403 404",
    "steering:convention_papers": "302 200 200 403 403 403 403 403 404",
    "steering:file_paper": "302 200 200 403 403 403 403 403 404",
    "steering:draft_text": "302 200 200 403 403 403 403 403 404",
    "steering:restore_text": "405 405 405 405 405 405 405 405 405",
    "steering:document": "302 200 200 403 403 403 403 403 404",
    "steering:paper": "302 200 200 403 403 403 403 200 404",
    "steering:accept_paper": "405 405 405 405 405 405 405 405 405",
    "steering:return_paper": "302 200 200 403 403 403 403 403 404",
    "steering:batches": "302 200 200 403 403 403 403 403 200",
    "steering:batch": "302 200 200 403 403 403 403 403 404",
    "steering:batch_archive": "302 200 200 403 403 403 403 403 404",
    "steering:import_conventions": "302 200 200 403 403 403 403 403 200",
    "steering:import_conventions_preview": "302 302 302 403 403 403 403 403 302",
    "steering:import_conventions_model": "302 200 200 403 403 403 403 403 200",
    "steering:elections": "302 200 200 403 403 403 403 403 200",
    "steering:open_elections": "302 200 200 403 403 403 403 403 200",
    "steering:remind_elections": "405 405 405 405 405 405 405 405 405",
    "steering:merge_commune": "302 200 403 403 403 403 403 403 200",
    "steering:move_conventions": "302 200 200 403 403 403 403 403 200",
    "steering:convention_journal": "302 200 200 403 403 403 403 403 404",
    "steering:convention_step": "302 200 200 403 403 403 403 403 404",
    "steering:new_convention": "302 200 200 403 403 403 403 403 200",
    "steering:edit_convention": "302 302 302 403 403 403 403 403 404",
    "steering:tour": "302 200 200 403 403 403 403 200 200",
    "steering:plan": "302 200 403 403 403 403 403 403 404",
    "steering:month": "302 200 200 403 403 403 403 200 200",
    "steering:week": "302 200 200 403 403 403 403 200 200",
    "steering:day": "302 200 200 403 403 403 403 200 404",
    "steering:drafts": "302 200 403 403 403 403 403 403 200",
    "steering:run": "302 200 403 403 403 403 403 403 404",
    "steering:edit_visit": "302 200 403 403 403 403 403 403 404",
    "steering:try_drop": "302 404 403 403 403 403 403 403 404",
    "steering:take_visit_away": "405 405 405 405 405 405 405 405 405",
    "steering:add_visit": "302 200 403 403 403 403 403 403 404",
    "steering:undo_edit": "405 405 405 405 405 405 405 405 405",
    "steering:explain": "302 200 403 403 403 403 403 403 404",
    "steering:question": "302 200 403 403 403 403 403 403 404",
    "steering:keep_answer": "405 405 405 405 405 405 405 405 405",
    "steering:compare": "302 200 403 403 403 403 403 403 200",
    "steering:repair": "302 200 403 403 403 403 403 403 200",
    "steering:tell_happening": "302 200 403 403 403 403 403 403 200",
    "steering:reduced": "302 200 403 403 403 403 403 403 200",
    "steering:end_reduced": "405 405 405 405 405 405 405 405 405",
    "steering:participations": "302 200 200 403 403 403 403 403 200",
    "steering:publish": "302 200 403 403 403 403 403 403 404",
    "steering:copy_plan": "405 405 405 405 405 405 405 405 405",
    "steering:discard_plan": "405 405 405 405 405 405 405 405 405",
    "steering:posters": "302 200 200 403 403 403 403 403 200",
    "steering:posters_batch": "302 200 200 403 403 403 403 403 404",
    "steering:posters_archive": "302 200 200 403 403 403 403 403 404",
    "steering:take_away": "302 200 200 403 403 403 403 200 200",
    "steering:year_pdf": "302 404 404 403 403 403 403 404 404",
    "steering:year_csv": "302 404 404 403 403 403 403 404 404",
    "steering:year_xlsx": "302 404 404 403 403 403 403 404 404",
    "steering:annexes_zip": "302 404 404 403 403 403 403 404 404",
    "steering:commune_pdf": "302 404 404 403 403 403 403 404 404",
    "steering:feed": "302 200 403 403 403 403 403 403 200",
    "steering:plan_pdf": "302 200 404 403 403 403 403 404 404",
    "steering:plan_csv": "302 200 404 403 403 403 403 404 404",
    "steering:plan_xlsx": "302 200 404 403 403 403 403 404 404",
    "steering:plan_annexes": "302 200 404 403 403 403 403 404 404",
    "steering:plan_commune_pdf": "302 200 404 403 403 403 403 404 404",
    "steering:inquiry": "302 200 403 403 403 403 403 403 200",
    "steering:open_inquiry": "302 200 403 403 403 403 403 403 200",
    "steering:send_inquiry": "405 405 405 405 405 405 405 405 405",
    "steering:remind_inquiry": "405 405 405 405 405 405 405 405 405",
    "steering:close_inquiry": "405 405 405 405 405 405 405 405 405",
    "steering:move_inquiry": "302 200 403 403 403 403 403 403 404",
    "steering:inquiry_commune": "302 200 403 403 403 403 403 403 404",
    "steering:renew_inquiry_link": "405 405 405 405 405 405 405 405 405",
    "steering:remarks": "302 200 403 403 403 403 403 403 404",
    "steering:send_for_remarks": "302 200 403 403 403 403 403 403 404",
    "steering:remind_remarks": "405 405 405 405 405 405 405 405 405",
    "steering:answer_remark": "302 200 403 403 403 403 403 403 404",
    "steering:team": "302 200 403 403 403 403 403 403 200",
    "steering:add_leave": "302 200 403 403 403 403 403 403 200",
    "steering:remove_leave": "405 405 405 405 405 405 405 405 405",
    "steering:capacity": "302 200 403 403 403 403 403 403 200",
    "steering:calendar": "302 200 403 403 403 403 403 403 200",
    "steering:add_territory_closure": "302 200 403 403 403 403 403 403 200",
    "steering:edit_territory_closure": "302 200 403 403 403 403 403 403 404",
    "steering:add_school_holiday": "302 200 403 403 403 403 403 403 200",
    "steering:edit_school_holiday": "302 200 403 403 403 403 403 403 404",
    "steering:seed_school_holidays": "405 405 405 405 405 405 405 405 405",
    "steering:import_tour": "302 200 403 403 403 403 403 403 200",
    "steering:import_preview": "302 302 403 403 403 403 403 403 302",
    "steering:import_model": "302 200 403 403 403 403 403 403 200",
    "steering:choose_zone": "405 405 405 405 405 405 405 405 405",
    "commune:desk_visits": "302 403 403 403 200 200 200 403 403",
    "commune:desk_book": "302 403 403 403 200 404 200 403 403",
    "commune:desk_sheet": "302 403 403 403 200 404 200 403 403",
    "commune:desk_sheet_pdf": "302 403 403 403 200 404 200 403 403",
    "commune:desk_neighbours": "302 403 403 403 200 200 200 403 403",
    "commune:desk_telling": "302 403 403 403 200 200 200 403 403",
    "commune:desk_tick": "302 403 403 403 405 405 405 403 403",
    "commune:desk_appointment": "302 403 403 403 200 404 200 403 403",
    "commune:desk_slip": "302 403 403 403 200 404 200 403 403",
    "commune:desk_correct": "302 403 403 403 200 404 200 403 403",
    "commune:desk_cancel": "302 403 403 403 200 404 200 403 403",
    "commune:desk_demandes": "302 403 403 403 200 200 200 403 403",
    "commune:desk_leave": "302 403 403 403 200 200 200 403 403",
    "commune:desk_answer_offer": "302 403 403 403 405 405 405 403 403",
    "commune:desk_demande": "302 403 403 403 200 404 200 403 403",
    "commune:desk_correct_demande": "302 403 403 403 200 404 200 403 403",
    "commune:desk_decline_demande": "302 403 403 403 200 404 200 403 403",
    "commune:desk_place": "302 403 403 403 405 405 405 403 403",
    "commune:desk_close": "302 403 403 403 405 405 405 403 403",
    "field:desk_visits": "302 403 403 200 403 403 403 403 403",
    "field:desk_book": "302 403 403 200 403 403 403 403 403",
    "field:desk_sheet": "302 403 403 200 403 403 403 403 403",
    "field:desk_sheet_pdf": "302 403 403 200 403 403 403 403 403",
    "field:desk_neighbours": "302 403 403 200 403 403 403 403 403",
    "field:desk_telling": "302 403 403 200 403 403 403 403 403",
    "field:desk_tick": "302 403 403 405 403 403 403 403 403",
    "field:desk_appointment": "302 403 403 200 403 403 403 403 403",
    "field:desk_slip": "302 403 403 200 403 403 403 403 403",
    "field:desk_correct": "302 403 403 200 403 403 403 403 403",
    "field:desk_cancel": "302 403 403 200 403 403 403 403 403",
    "field:desk_demandes": "302 403 403 200 403 403 403 403 403",
    "field:desk_leave": "302 403 403 200 403 403 403 403 403",
    "field:desk_answer_offer": "302 403 403 405 403 403 403 403 403",
    "field:desk_demande": "302 403 403 200 403 403 403 403 403",
    "field:desk_correct_demande": "302 403 403 200 403 403 403 403 403",
    "field:desk_decline_demande": "302 403 403 200 403 403 403 403 403",
    "field:desk_place": "302 403 403 405 403 403 403 403 403",
    "field:desk_close": "302 403 403 405 403 403 403 403 403",
    "steering:desk_visits": "302 200 403 403 403 403 403 403 404",
    "steering:desk_book": "302 200 403 403 403 403 403 403 404",
    "steering:desk_sheet": "302 200 403 403 403 403 403 403 404",
    "steering:desk_sheet_pdf": "302 200 403 403 403 403 403 403 404",
    "steering:desk_neighbours": "302 200 403 403 403 403 403 403 404",
    "steering:desk_telling": "302 200 403 403 403 403 403 403 404",
    "steering:desk_tick": "302 405 403 403 403 403 403 403 404",
    "steering:desk_appointment": "302 200 403 403 403 403 403 403 404",
    "steering:desk_slip": "302 200 403 403 403 403 403 403 404",
    "steering:desk_correct": "302 404 403 403 403 403 403 403 404",
    "steering:desk_cancel": "302 200 403 403 403 403 403 403 404",
    "steering:desk_demandes": "302 200 403 403 403 403 403 403 404",
    "steering:desk_leave": "302 200 403 403 403 403 403 403 404",
    "steering:desk_answer_offer": "302 405 403 403 403 403 403 403 404",
    "steering:desk_demande": "302 200 403 403 403 403 403 403 404",
    "steering:desk_correct_demande": "302 404 403 403 403 403 403 403 404",
    "steering:desk_decline_demande": "302 200 403 403 403 403 403 403 404",
    "steering:desk_place": "302 405 403 403 403 403 403 403 404",
    "steering:desk_close": "302 405 403 403 403 403 403 403 404",
    "commune:rights": "302 403 403 403 200 200 403 403 403",
    "commune:rights_request": "302 403 403 403 200 404 403 403 403",
    "steering:rights": "302 200 403 403 403 403 403 403 200",
    "steering:rights_request": "302 200 403 403 403 403 403 403 404",
    "steering:desk_overview": "302 200 403 403 403 403 403 403 200",
    "field:trouble_list": "302 403 403 200 403 403 403 403 403",
    "field:trouble": "302 403 403 200 403 403 403 403 403",
    "field:trouble_done": "302 403 403 200 403 403 403 403 403",
    "field:trouble_notice": "302 403 403 200 403 403 403 403 403",
    "field:trouble_hand_over": "302 403 403 405 403 403 403 403 403",
    "field:trouble_room": "302 403 403 405 403 403 403 403 403",
    "field:trouble_cancel": "302 403 403 405 403 403 403 403 403",
    "field:trouble_tick": "302 403 403 405 403 403 403 403 403",
    "commune:trouble_list": "302 403 403 403 200 200 200 403 403",
    "commune:trouble": "302 403 403 403 200 404 200 403 403",
    "commune:trouble_done": "302 403 403 403 200 404 200 403 403",
    "commune:trouble_notice": "302 403 403 403 200 404 200 403 403",
    "commune:trouble_hand_over": "302 403 403 403 405 405 405 403 403",
    "commune:trouble_room": "302 403 403 403 405 405 405 403 403",
    "commune:trouble_cancel": "302 403 403 403 405 405 405 403 403",
    "commune:trouble_tick": "302 403 403 403 405 405 405 403 403",
    "steering:trouble_list": "302 200 403 403 403 403 403 403 200",
    "steering:trouble": "302 200 403 403 403 403 403 403 404",
    "steering:trouble_done": "302 200 403 403 403 403 403 403 404",
    "steering:trouble_notice": "302 200 403 403 403 403 403 403 404",
    "steering:trouble_hand_over": "302 405 403 403 403 403 403 403 405",
    "steering:trouble_room": "302 405 403 403 403 403 403 403 405",
    "steering:trouble_cancel": "302 405 403 403 403 403 403 403 405",
    "steering:trouble_tick": "302 405 403 403 403 403 403 403 405",
    "steering:service": "302 200 200 403 403 403 403 200 200",
    "steering:service_visit": "302 200 200 403 403 403 403 200 404",
    "steering:service_move": "302 200 403 403 403 403 403 403 404",
    "steering:service_make_up": "302 200 403 403 403 403 403 403 404",
    "steering:service_waive": "302 200 403 403 403 403 403 403 404",
    "steering:figures": "302 200 403 403 403 403 403 403 200",
    "steering:figures_csv": "302 200 403 403 403 403 403 403 200",
    "steering:service_following": "302 200 403 403 403 403 403 403 200",
    "steering:coop": "302 200 403 403 403 403 403 403 200",
    "steering:coop_export": "302 200 403 403 403 403 403 403 200",
    "steering:coop_import": "302 200 403 403 403 403 403 403 404",
    "steering:coop_report": "302 200 403 403 403 403 403 403 404",
    "steering:drop_coop_import": "405 405 405 405 405 405 405 405 405",
    "steering:office": "302 200 403 403 403 403 403 403 200",
    "steering:office_mark": "302 405 405 403 403 403 403 405 405",
    "field:office": "302 403 403 200 403 403 403 403 403",
    "field:office_mark": "302 403 403 405 403 403 403 403 403",
    "steering:service_points": "302 200 200 403 403 403 403 403 200",
    "steering:service_point": "302 200 200 403 403 403 403 403 404",
    "steering:service_answer": "405 405 405 405 405 405 405 405 405",
    "steering:service_evidence": "405 405 405 405 405 405 405 405 405",
    "commune:prepare_visit": "302 403 403 403 200 404 200 403 403",
    "commune:withdraw_confirmation": "405 405 405 405 405 405 405 405 405",
    "commune:note_point": "302 403 403 403 200 404 200 403 403",
    "commune:points": "302 403 403 403 200 200 200 403 403",
    "commune:answer_point": "405 405 405 405 405 405 405 405 405",
    "steering:kits": "302 200 403 403 403 403 403 403 200",
    "steering:add_kit": "302 200 403 403 403 403 403 403 200",
    "steering:rooms": "302 200 403 403 403 403 403 403 200",
    "steering:add_room": "302 200 403 403 403 403 403 403 200",
    "steering:book_room": "302 200 403 403 403 403 403 403 200",
    "steering:permanences": "302 200 403 403 403 403 403 403 200",
    "steering:add_permanence": "302 200 403 403 403 403 403 403 200",
    "steering:change_source": "302 200 403 403 403 403 403 403 404",
    "steering:learning": "302 200 403 403 403 403 403 403 200",
    "steering:add_training": "302 200 403 403 403 403 403 403 200",
    "steering:edit_structure": "302 200 403 403 403 403 403 403 200",
    "steering:kit": "302 200 403 403 403 403 403 403 404",
    "steering:edit_kit": "302 200 403 403 403 403 403 403 404",
    "steering:count_kit": "302 200 403 403 403 403 403 403 404",
    "steering:tell_fault": "302 200 403 403 403 403 403 403 404",
    "steering:lend_piece": "302 200 403 403 403 403 403 403 404",
    "steering:add_piece": "302 200 403 403 403 403 403 403 404",
    "steering:edit_piece": "302 200 403 403 403 403 403 403 404",
    "steering:close_room": "302 200 403 403 403 403 403 403 404",
    "steering:stop_permanence": "302 200 403 403 403 403 403 403 404",
    "steering:edit_habilitation": "302 200 403 403 403 403 403 403 404",
    "steering:do_to_piece": "405 405 405 405 405 405 405 405 405",
    "steering:cancel_room": "405 405 405 405 405 405 405 405 405",
    "steering:remove_training": "405 405 405 405 405 405 405 405 405",
    "field:do_to_piece": "405 405 405 405 405 405 405 405 405",
    "field:kit": "302 403 403 200 403 403 403 403 403",
    "field:tell_fault": "302 403 403 200 403 403 403 403 403",
    "field:lend_piece": "302 403 403 200 403 403 403 403 403",
    "commune:workshop": "302 403 403 403 200 404 200 403 403",
    "commune:workshop_certificate": "302 403 403 403 404 404 404 403 403",
    "commune:workshop_person": "302 403 403 403 200 404 200 403 403",
    "commune:workshop_register": "302 403 403 403 200 404 200 403 403",
    "commune:workshop_slip": "302 403 403 403 200 404 200 403 403",
    "commune:workshop_told": "302 403 403 403 405 405 405 403 403",
    "commune:workshop_withdraw": "302 403 403 403 405 405 405 403 403",
    "commune:workshops": "302 403 403 403 200 200 200 403 403",
    "field:support_commune": "302 403 403 200 403 403 403 403 403",
    "field:workshop": "302 403 403 200 403 403 403 403 403",
    "field:workshop_cancel": "302 403 403 200 403 403 403 403 403",
    "field:workshop_certificate": "302 403 403 404 403 403 403 403 403",
    "field:workshop_close": "302 403 403 200 403 403 403 403 403",
    "field:workshop_edit": "302 403 403 200 403 403 403 403 403",
    "field:workshop_new": "302 403 403 200 403 403 403 403 403",
    "field:workshop_open": "302 403 403 405 403 403 403 403 403",
    "field:workshop_person": "302 403 403 200 403 403 403 403 403",
    "field:workshop_register": "302 403 403 200 403 403 403 403 403",
    "field:workshop_sheet": "302 403 403 200 403 403 403 403 403",
    "field:workshop_slip": "302 403 403 200 403 403 403 403 403",
    "field:workshop_told": "302 403 403 405 403 403 403 403 403",
    "field:workshop_withdraw": "302 403 403 405 403 403 403 403 403",
    "field:workshops": "302 403 403 200 403 403 403 403 403",
    "steering:workshop": "302 200 403 403 403 403 403 403 404",
    "steering:workshop_cancel": "302 200 403 403 403 403 403 403 404",
    "steering:workshop_certificate": "302 404 403 403 403 403 403 403 404",
    "steering:workshop_close": "302 200 403 403 403 403 403 403 404",
    "steering:workshop_edit": "302 200 403 403 403 403 403 403 404",
    "steering:workshop_new": "302 200 403 403 403 403 403 403 200",
    "steering:workshop_open": "302 405 403 403 403 403 403 403 405",
    "steering:workshop_person": "302 404 403 403 403 403 403 403 404",
    "steering:workshop_register": "302 200 403 403 403 403 403 403 404",
    "steering:workshop_sheet": "302 200 403 403 403 403 403 403 404",
    "steering:workshop_slip": "302 404 403 403 403 403 403 403 404",
    "steering:workshop_told": "302 405 403 403 403 403 403 403 405",
    "steering:workshop_withdraw": "302 405 403 403 403 403 403 403 405",
    "steering:workshops": "302 200 403 403 403 403 403 403 200",
    "reports:read": "200 200 200 200 200 200 200 200 200",
    "reports:take": "200 200 200 200 200 200 200 200 200",
    "reports:acknowledge": "405 405 405 405 405 405 405 405 405",
    "commune:reports": "302 403 403 403 200 200 200 403 403",
    "commune:report": "302 403 403 403 200 404 200 403 403",
    "commune:take_report": "302 403 403 403 200 404 200 403 403",
    "commune:acknowledge_report": "405 405 405 405 405 405 405 405 405",
    "steering:evaluations": "302 200 200 403 403 403 403 200 200",
    "steering:evaluation": "302 200 200 403 403 403 403 200 404",
    "steering:take_evaluation": "302 200 200 403 403 403 403 200 404",
    "steering:freeze_evaluation": "405 405 405 405 405 405 405 405 405",
    "steering:recommend": "302 200 403 403 403 403 403 403 404",
    "steering:rectify_evaluation": "302 200 403 403 403 403 403 403 404",
    "steering:withdraw_recommendation": "405 405 405 405 405 405 405 405 405",
    "steering:campaign": "302 200 200 403 403 403 403 200 404",
    "steering:freeze_campaign": "405 405 405 405 405 405 405 405 405",
    "steering:remind_campaign": "405 405 405 405 405 405 405 405 405",
    "steering:validate_campaign": "405 405 405 405 405 405 405 405 405",
    "steering:reports": "302 200 200 403 403 403 403 200 200",
    "steering:report": "302 200 200 403 403 403 403 200 404",
    "steering:take_report": "302 200 200 403 403 403 403 200 404",
    "steering:territory_report": "302 200 200 403 403 403 403 200 404",
    "steering:take_territory_report": "302 200 200 403 403 403 403 200 404",
    "steering:freeze_territory_report": "405 405 405 405 405 405 405 405 405",
    "steering:hold_report": "302 200 403 403 403 403 403 403 404",
    "steering:rectify_report": "302 200 403 403 403 403 403 403 404",
    "steering:prepare_reports": "405 405 405 405 405 405 405 405 405",
    "steering:act_on_report": "405 405 405 405 405 405 405 405 405",
    "steering:report_batches": "302 200 403 403 403 403 403 403 200",
    "steering:report_batch": "302 200 200 403 403 403 403 403 404",
    "steering:report_archive": "302 200 200 403 403 403 403 403 404",
}

FILES = {
    "commune:communication_code",
    "commune:communication_proof",
    "commune:desk_sheet_pdf",
    "commune:desk_slip",
    "commune:paper",
    "commune:take_report",
    "commune:trouble_notice",
    "commune:workshop_slip",
    "field:day_data",
    "field:desk_sheet_pdf",
    "field:desk_slip",
    "field:manifest",
    "field:orientation_pdf",
    "field:service_worker",
    "field:token",
    "field:trouble_notice",
    "field:workshop_sheet",
    "field:workshop_slip",
    "public:commune_dates",
    "public:commune_feed",
    "public:commune_pocket",
    "public:commune_poster",
    "public:commune_rss",
    "public:conventions_csv",
    "public:conventions_schema",
    "public:statistics_csv",
    "public:statistics_schema",
    "public:data_inclusion",
    "public:places_csv",
    "public:snippet_script",
    "public:territory_feed",
    "public:territory_rss",
    "public:visits_csv",
    "public:visits_geojson",
    "reports:take",
    "steering:attestation",
    "steering:batch_archive",
    "steering:communication_proof",
    "steering:coordination_proof",
    "steering:coop_report",
    "steering:desk_sheet_pdf",
    "steering:desk_slip",
    "steering:document",
    "steering:figures_csv",
    "steering:import_conventions_model",
    "steering:import_model",
    "steering:paper",
    "steering:plan_annexes",
    "steering:plan_commune_pdf",
    "steering:plan_csv",
    "steering:plan_pdf",
    "steering:plan_xlsx",
    "steering:posters_archive",
    "steering:report_archive",
    "steering:take_evaluation",
    "steering:take_report",
    "steering:take_territory_report",
    "steering:trouble_notice",
    "steering:workshop_sheet",
}
"""The routes that answer what is saved, read by a program or drawn on paper, rather than a page."""


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the name of each route, and the names of its arguments."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}", frozenset(re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern)))


ARGUMENTS = dict(routes(get_resolver()))


@pytest.fixture
def clients(
    coordinator: User,
    lawyer: User,
    ines: User,
    referent_oisy: User,
    referent_bousignies: User,
    desk_oisy: User,
    reader: User,
    stranger: User,
) -> dict[str, Client]:
    users = (coordinator, lawyer, ines, referent_oisy, referent_bousignies, desk_oisy, reader, stranger)
    found = {"anonymous": Client()}
    for name, user in zip(PEOPLE[1:], users, strict=True):
        found[name] = Client()
        found[name].force_login(user)
    return found


def life_world(visit: int) -> dict[str, object]:
    """What the routes of one half-day are about: that of the desk, and a point that the mediator noted."""
    point = Point.objects.create(
        visit_id=visit, side="service", kind="not_opened", noted_by_actor="test", noted_at=timezone.now()
    )
    of_visit = [name for name in ROUTES if re.search(r":trouble|:service_|:prepare_visit|:withdraw_|:note_point", name)]
    of_point = [
        "steering:service_point",
        "steering:service_answer",
        "steering:service_evidence",
        "commune:answer_point",
        "field:answer_point",
    ]
    return {
        **{f"{name} pk": visit for name in of_visit},
        **{f"{name} pk": point.pk for name in of_point},
        "answer": "agreed",
        "telling": 1,
    }


def log_world(epci: Epci, oisy: Commune, coordinator: User, mediator: User, desk: User) -> dict[str, object]:
    """What the routes of the log are about: an action of Oisy, two of the EPCI, one of them of coordination, with proofs."""
    proof = Upload(name="page.pdf", content=b"%PDF", media_type="application/pdf")
    told = Told(medium=Medium.BULLETIN, place="page 6", day=clock.today())
    own = record_communication(actor=desk, epci=epci, commune=oisy, told=told, proof=proof)
    of_epci = record_communication(actor=mediator, epci=epci, told=told, proof=proof)
    named = [name for name in ROUTES if name.endswith(("_communication", ":communication_proof"))]
    coordinated = record_coordination(
        actor=coordinator, epci=epci, told=Coordinated(what="réunion", day=clock.today()), proof=proof
    )
    return {
        "steering:obligation key": "C-3.2-3",
        **{f"{name} pk": (own if name.startswith("commune:") else of_epci).pk for name in named},
        **{f"{name} pk": coordinated.pk for name in ROUTES if "_coordination" in name or "coordination_" in name},
    }


@pytest.fixture
def world(oisy: Commune, coordinator: User, ines: User, desk_oisy: User) -> dict[str, object]:
    return make_world(oisy, coordinator, ines, desk_oisy)


def make_world(oisy: Commune, coordinator: User, ines: User, desk_oisy: User) -> dict[str, object]:
    """Return what the arguments of a route mean here: the objects of Oisy, and a role that the coordinator holds."""
    place = Premises.objects.create(commune=oisy, name="Mairie")
    epci = coordinator.roles.get().epci
    days = {"epci": epci, "starts": dt.date(2027, 4, 9), "ends": dt.date(2027, 4, 12)}
    months = {"epci": epci, "first_month": "2027-01", "last_month": "2027-02"}
    asked = {**months, "created_by": "test"}
    plan = Plan.objects.create(number=1, origin=PlanOrigin.FIRST.value, **asked)
    Inquiry.objects.create(closes_on=dt.date(2099, 1, 1), **months)
    PersonalLink.objects.create(epci=epci, commune=oisy, purpose="remarks", plan=plan, expires_on=dt.date(2099, 1, 1))
    why = {"commune": oisy.code, "window": "TUE_AM"}
    question = Question(epci=epci, plan=plan, plan_version=1, kind="explain", asked=why, requested_by="test")
    question.save()
    convention = in_force(epci, oisy)
    paper = filed(convention).pk
    attested = Upload(name="attestation.pdf", content=b"%PDF", media_type="application/pdf")
    covered: dict[str, Any] = {"insurer": "Exemple", "policy": "1", "starts": dt.date(2026, 1, 1), "ends": dt.date(2099, 12, 31)}
    insurance = record_insurance(actor=coordinator, epci=epci, attestation=attested, **covered)
    urgency = ask_urgency(actor=coordinator, commune=oisy, matter=Matter.MAIL, call_back="03 53 01 04 00").pk
    asked_in_oisy = note_rights_request(actor=coordinator, epci=epci, commune=oisy, kind=Right.ACCESS, received_on=clock.today())
    batch, posters = finished_batch(epci).pk, finished_batch(epci, "posters").pk
    post = Post.objects.create(epci=epci, label="Poste 1", base=oisy)
    promised = {"date": dt.date(2027, 1, 5), "half": "AM", "for_month": "2027-01"}
    planned = PlannedVisit.objects.create(plan=plan, commune=oisy, post=post, **promised).pk
    desk = desk_world(epci, oisy, place, post, ines)
    return {
        **desk,
        **workshop_world(epci, oisy, post),
        **means_world(epci, oisy),
        **life_world(Visit.objects.get(commune=oisy).pk),
        **log_world(epci, oisy, coordinator, ines, desk_oisy),
        **report_world(epci, oisy),
        **field_world(oisy, Visit.objects.get(commune=oisy).pk, ines),
        **committee_world(epci, oisy),
        **evaluation_world(epci, oisy),
        "code": oisy.code,
        "place": place.pk,
        "relay": Relay.objects.create(commune=oisy, kind="CCAS", name="CCAS", address="Mairie", checked_on="2026-11-23").pk,
        "closure": TerritoryClosure.objects.create(reason="Élections", **days).pk,
        "holiday": SchoolHoliday.objects.create(name="Vacances", source="essai", **days).pk,
        "year": 2027,
        "bassin": BassinDeVie.objects.create(epci=epci, name="Scarpe").pk,
        **{f"{name} slug": oisy.slug for name in ROUTES if name.startswith(("public:commune", "public:snippet"))},
        "month": "2027-01",
        "day": "2027-01-05",
        "post": post.pk,
        "number": plan.number,
        "commune:rights_request number": asked_in_oisy.number,
        "steering:rights_request number": asked_in_oisy.number,
        "steering:edit_visit key": planned,
        "steering:take_visit_away key": planned,
        "steering:try_drop key": planned,
        "question": question.pk,
        "what": "absence",
        "service": 1,
        "leave": 1,
        "run": Run.objects.create(problem={}, fingerprint="0" * 64, requested_by="test", **months).pk,
        "field:urgency pk": urgency,
        "steering:urgency pk": urgency,
        "field:urgency_step pk": urgency,
        "steering:urgency_step pk": urgency,
        "commune:withdraw_urgency pk": urgency,
        "deed": "repondre",
        "pk": convention.pk,
        "kind": "convention",
        "file_format": "pdf",
        "commune:paper pk": paper,
        "steering:paper pk": paper,
        "steering:accept_paper pk": paper,
        "steering:return_paper pk": paper,
        "steering:import_conventions_model kind": "csv",
        "steering:coop_export kind": "csv",
        "steering:attestation pk": insurance.pk,
        "steering:batch pk": batch,
        "steering:batch_archive pk": batch,
        "steering:posters_batch pk": posters,
        "steering:posters_archive pk": posters,
        "slug": "preparer-un-avenant",
        "role_id": coordinator.roles.get().pk,
        "uidb36": "1",
        "key": "set-password",
    }


def test_every_route_is_in_the_table_and_the_table_holds_no_other() -> None:
    assert set(ARGUMENTS) == set(ROUTES)


def address_of(route: str, world: dict[str, object]) -> str:
    """Return where a route leads to in a world."""
    return reverse(route, kwargs={name: world.get(f"{route} {name}", world.get(name)) for name in ARGUMENTS[route]})


def journey_of(route: str) -> str:
    """Return what comes before the name of a page: `commune`, `field`, `steering`, `account`…"""
    return re.split("[:_]", route)[0]


@pytest.mark.parametrize("journey", sorted(set(map(journey_of, ROUTES))))
def test_each_person_gets_what_the_table_says(journey: str, clients: dict[str, Client], world: dict[str, object]) -> None:
    table = {route: answers for route, answers in ROUTES.items() if journey_of(route) == journey}
    found: dict[str, str] = {}
    files: set[str] = set()

    for route in table:
        answers = [client.get(address_of(route, world)) for client in clients.values()]
        found[route] = " ".join(str(answer.status_code) for answer in answers)
        if any(answer.status_code == 200 and not answer["Content-Type"].startswith("text/html") for answer in answers):
            files.add(route)
        for answer in answers:
            if answer.streaming:
                # Read to its end: closing it here would close the connection of the test with it.
                answer.getvalue()

    assert found == table
    assert files == FILES & set(table)

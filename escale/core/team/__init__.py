"""The means of a team: what a kit holds, who is an « aidant », on which days someone keeps a permanence."""

"""Who and what the app can look up."""

from tests.sandbox.slack.stage import Stage


def test_the_list_of_channels_names_what_the_app_may_know(stage: Stage) -> None:
    """Public channels all, private ones with the app inside, archived ones unless excluded."""
    everything = "public_channel,private_channel,im"
    stage.web.conversations_open(users="U1")

    public = stage.web.conversations_list(exclude_archived=True)["channels"]
    all_kinds = stage.web.conversations_list(types=everything)["channels"]

    assert [one["name"] for one in public] == ["general", "elsewhere", "shared"]
    assert {one["id"] for one in all_kinds} == {"C1", "C2", "C3", "C4", "G1", "D1"}
    assert {one["name"]: one["is_member"] for one in public}["elsewhere"] is False


def test_lists_page_by_cursor_until_nothing_is_left(stage: Stage) -> None:
    """Pages neither repeat nor skip, and the last has an empty cursor."""
    sizes = [len(page["channels"]) for page in stage.web.conversations_list(limit=3)]
    people = [one["id"] for page in stage.web.users_list(limit=2) for one in page["members"]]
    last = stage.call("conversations.list")["response_metadata"]

    assert (sizes, last) == ([3, 1], {"next_cursor": ""})
    assert sorted(people) == ["U0BOT", "U1", "U2", "U3", "U5"]
    assert stage.call("users.list", cursor="nonsense")["error"] == "invalid_cursor"


def test_a_channel_tells_whether_it_is_shared_with_others(stage: Stage) -> None:
    """An app can keep approvals out of channels that strangers read."""
    shared = stage.web.conversations_info(channel="C4")["channel"]
    stage.do("U1", "share", channel="C1")
    now_shared = stage.web.conversations_info(channel="C1")["channel"]

    assert (shared["is_ext_shared"], now_shared["is_ext_shared"]) == (True, True)
    assert stage.call("conversations.info", channel="G2")["error"] == "channel_not_found"
    assert stage.web.conversations_members(channel="C4")["members"] == ["U0BOT", "U1", "U4"]


def test_people_are_found_by_id_and_by_email(stage: Stage) -> None:
    """Unknown people are not found; a profile carries name, title and address."""
    found = stage.web.users_lookupByEmail(email="BO@nordlicht.example")["user"]
    profile = stage.web.users_profile_get(user="U1")["profile"]

    assert (found["id"], profile["real_name"]) == ("U2", "Ana Lindt")
    assert stage.call("users.info", user="U99")["error"] == "user_not_found"
    assert stage.call("users.lookupByEmail", email="no@x.example")["error"] == "users_not_found"


def test_groups_channels_team_and_bot_are_as_set_up(stage: Stage) -> None:
    """What the constructor was told is what the API says."""
    [group] = stage.web.usergroups_list(include_users=True)["usergroups"]
    mine = stage.web.users_conversations(types="public_channel,private_channel")["channels"]

    assert (group["handle"], group["users"]) == ("leads", ["U1"])
    assert stage.call("usergroups.users.list", usergroup="S9")["error"] == "no_such_subteam"
    assert {one["id"] for one in mine} == {"C1", "C3", "C4", "G1"}
    assert stage.web.team_info()["team"]["domain"] == "nordlicht"
    assert stage.web.bots_info(bot="B1")["bot"]["user_id"] == "U0BOT"


def test_an_unknown_kind_of_conversation_is_refused(stage: Stage) -> None:
    """types lists public_channel, private_channel, im and mpim alone."""
    answer = stage.call("conversations.list", types="submarine")

    assert answer["error"] == "invalid_types"

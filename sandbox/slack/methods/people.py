"""users.* and usergroups.*: who is who."""

from sandbox.slack.errors import ApiError
from sandbox.slack.methods.method import Method, flag, paged, required
from sandbox.slack.people import Json, Person
from sandbox.slack.workspace import Workspace


def users_info(workspace: Workspace, args: Json) -> Json:
    return {"user": _shown(workspace, _person(workspace, required(args, "user")))}


def users_list(workspace: Workspace, args: Json) -> Json:
    rows = [
        _shown(workspace, person)
        for person in workspace.people.values()
        if not workspace.is_foreign(person)
    ]
    page, metadata = paged(args, rows, default=999)
    return {"members": page, "cache_ts": 0, "response_metadata": metadata}


def lookup_by_email(workspace: Workspace, args: Json) -> Json:
    wanted = required(args, "email").lower()
    for person in workspace.people.values():
        if person.email.lower() == wanted and not (person.deleted or workspace.is_foreign(person)):
            return {"user": _shown(workspace, person)}
    raise ApiError("users_not_found")


def profile_get(workspace: Workspace, args: Json) -> Json:
    person = _person(workspace, str(args.get("user") or workspace.bot_user_id))
    with_email = "users:read.email" in workspace.scopes and not workspace.is_foreign(person)
    return {"profile": person.to_profile(with_email)}


def usergroups_list(workspace: Workspace, args: Json) -> Json:
    rows = []
    for group in workspace.usergroups.values():
        users = group.get("users", [])
        shown = {
            "id": group["id"],
            "team_id": workspace.team["id"],
            "is_usergroup": True,
            "name": group.get("name", group.get("handle", "")),
            "handle": group.get("handle", ""),
            "date_delete": 0,
            "user_count": len(users),
        }
        if flag(args, "include_users"):
            shown["users"] = users
        rows.append(shown)
    return {"usergroups": rows}


def usergroup_users(workspace: Workspace, args: Json) -> Json:
    group = workspace.usergroups.get(required(args, "usergroup"))
    if group is None:
        raise ApiError("no_such_subteam")
    return {"users": group.get("users", [])}


def _person(workspace: Workspace, ident: str) -> Person:
    person = workspace.people.get(ident)
    if person is None:
        raise ApiError("user_not_found")
    return person


def _shown(workspace: Workspace, person: Person) -> Json:
    return person.to_api(workspace.team["id"], "users:read.email" in workspace.scopes)


METHODS = {
    "users.info": Method(users_info, 4, ("users:read",)),
    "users.list": Method(users_list, 2, ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, 3, ("users:read.email",)),
    "users.profile.get": Method(profile_get, 4, ("users.profile:read",)),
    "usergroups.list": Method(usergroups_list, 2, ("usergroups:read",)),
    "usergroups.users.list": Method(usergroup_users, 2, ("usergroups:read",)),
}

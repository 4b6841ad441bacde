"""What is going on, for whoever it concerns."""

from bot import commands, events
from bot.flows.reporting import departing, flow, home, me, setup
from bot.publisher import Drawings
from bot.steps import Commands, Lane, Step, Subscribers

COMMANDS: Commands = {
    commands.OpenHome: flow.open_home,
    commands.NoteStart: setup.note_start,
    commands.NotePeople: setup.note_people,
    commands.TellAdministrators: flow.tell_administrators,
    commands.NoteDeparted: departing.note_departed,
    commands.Unreadable: flow.refuse_unreadable,
}

QUESTIONS: Commands = {
    commands.ShowHelp: flow.show_help,
    commands.ShowMe: me.show_me,
}

SUBSCRIBERS: Subscribers = {
    events.CardLost: (Step("move lost card", Lane.INNER, flow.move_lost_card),),
    events.DeliveryParked: (Step("tell administrators", Lane.INNER, flow.tell_admins),),
}

DRAWINGS: Drawings = {"home": home.draw_home, "setup": setup.draw_setup}

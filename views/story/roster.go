package story

import (
	"thaw/views"
	"thaw/views/ui"
)

// foreign is a name that is nothing but text.
const foreign = "<img src=x onerror=alert(1)> ليلى"

// rosters are the pages of a class's list, of slips, seats and teachers.
func rosters() []Story { return append(listed(), seated()...) }

func listed() []Story {
	empty := views.Students{Class: "10b History", Back: "/classes/3", Line: "Nobody has a seat yet. Paste the names of the class, and print a slip for each.",
		Paste: views.Form{Action: "/classes/3/students", Token: token}, Renew: views.Form{Action: "/classes/3/slips"},
		Open: views.Form{Action: "/classes/3/open"}, Policy: views.Form{Action: "/classes/3/listed"}}
	wrong, seen, full := empty, empty, empty
	wrong.Names.Error = "Paste at least one name."
	seen.Names.Value, seen.Seen, seen.Add = "Ada Lovelace\nAda King\nMila\n\n7\n"+foreign, "x", "Add 3 students"
	seen.Sum = "3 new. 2 lines are left out: see there. Nothing is added until you say so."
	seen.Read = []views.Named{
		{Line: "1", Text: "Ada Lovelace", Name: "Ada L.", Note: "With a letter, since two are called the same.", New: true},
		{Line: "2", Text: "Ada King", Name: "Ada K.", Note: "With a letter, since two are called the same.", New: true},
		{Line: "3", Text: "Mila", Note: "Mila is in the class already. If it is somebody else, write it with a letter: Ada K."},
		{Line: "5", Text: "7", Note: "There is no name in this line."},
		{Line: "6", Text: foreign, Name: foreign, New: true}}
	full.Line, full.Free = "5 students, 1 of them not here yet.", 1
	full.Slips = &views.Link{Text: "28 slips are ready to print until 10:14.", URL: "/classes/3/slips"}
	full.List = []views.SeatRow{{N: "2", Name: "Ada L.", URL: "/classes/3/pupils/2", State: "since today", Ticks: true},
		{N: "3", Name: "Ada K.", URL: "/classes/3/pupils/3", State: "not here yet", Ticks: true},
		{N: "6", Name: foreign, URL: "/classes/3/pupils/6", State: "since yesterday, without a slip", Ticks: true},
		{N: "4", Name: "Mila", URL: "/classes/3/pupils/4", State: "since 2 November, with an account"},
		{N: "5", Name: "Зоя", URL: "/classes/3/pupils/5", State: "since today", Ticks: true}}
	open := full
	open.Slips, open.Listed, open.Until = nil, true, "Joining is open until 09:29."
	open.Error = "Tick those who need a new slip. Nothing was changed."
	away := full
	away.Away, away.Slips = true, nil
	staff := views.Teachers{Class: "10b History", Back: "/classes/3", Add: views.Form{Action: "/classes/3/teachers"},
		List: []views.TeacherRow{{Name: "Vera Noor", Note: "has made the class"}, {Name: "Otto Brandt", Note: "since today", Leave: "/classes/3/teachers/9/leave", Do: "Take out"}}}
	staff.Invite, staff.Revoke = views.Form{Action: "/classes/3/teachers/link", Token: token}, "/classes/3/teachers/revoke"
	staff.Open = []views.InviteRow{{What: "For a teacher of this class, made by Vera Noor, good until 9 March 2026", Link: "https://thaw.example/staff/dGhlIGxpbmsgdG8gaGFuZCBvbiB0byBzb21lYm9keQ", Hash: "aa"},
		{What: "For a teacher of this class, made by Otto Brandt, good until 10 March 2026", Hash: "bb"}}
	unknown := staff
	unknown.Name = views.Field{Value: "Oto Brand", Error: "Nobody who teaches here has this name. Check how it is spelled in the account."}
	unknown.Error = "Nothing is saved yet. Please look at what is marked."
	seats := begun()
	seats.Line, seats.Board, seats.Few, seats.Quiet = "1 pupil, none active in the last seven days.", &boarding, nil, "No question has been answered yet."
	seats.Code, seats.Try, seats.Pupils = views.Link{Text: "KBW FMT", URL: "/classes/3/code"}, views.Form{Action: "/classes/3/try", Token: token}, seats.Pupils[:1]
	students, slip, teachers := at(vera, "/classes/3/students"), at(vera, "/classes/3/slips"), at(vera, "/classes/3/teachers")
	return []Story{
		{"students-none", empty, students},
		{"students-wrong", wrong, students},
		{"students-preview", seen, students},
		{"students", full, students},
		{"students-open", open, students},
		{"students-archived", away, students},
		{"slips", slips(11), slip},
		{"slips-gone", views.Slips{Class: "10b History", Back: "/classes/3/students",
			Line: "There are no slips to print. PINs are shown for an hour after they were made. Tick on the list who needs a new one."}, slip},
		{"class-seats", seats, vera},
		{"fresh-slip", views.Fresh{Slip: true, Ask: views.Form{Action: "/fresh"}, Claim: "/sign-up"}, guest},
		{"teachers", staff, teachers},
		{"teachers-unknown", unknown, teachers},
		{"staff-link", views.StaffLink{What: "Vera Noor invites you to teach the class 10b History, too: you see it as Vera Noor does, and can do the same.", Line: "You are signed in as Otto Brandt. Everything you have stays yours.",
			Ask: &views.Form{Action: "/staff/dGhlIGxpbms"}}, at(vera, "/staff/dGhlIGxpbms")},
		{"staff-link-pupil", views.StaffLink{What: "Vera Noor invites you to teach the class " + hostile + ", too: you see it as Vera Noor does, and can do the same.",
			Line: "The link is for a teacher of this school, and the account you are signed in with learns here. It does nothing for you, and nothing was used up: hand it back to whoever gave it to you.",
			Go:   &views.Link{Text: "Today", URL: "/today"}}, ada},
	}
}

func slips(n int) views.Slips {
	p := views.Slips{Class: "10b History", Back: "/classes/3/students", Line: "11 slips, which you can print until 10:14. After that Thaw shows no PIN any more: you make new ones."}
	names := []string{"Ada L.", "Ada K.", "Anastasia-Wilhelmina-Magdalena Oberhube", "Ben", foreign, "Mila", "Зоя", "王小明"}
	var all []views.Slip
	for i := range n {
		name := names[i%len(names)]
		all = append(all, views.Slip{Name: name, Class: "10b History", Address: site + "/join", Code: "KBW FMT", N: string(rune('2' + i%8)), PIN: "908 172",
			QR: ui.QR{Text: secure + "/s/6vQm0y9mYhQy5B2l8dQ3nUO2Jt1XgS4w", Label: "QR code that lets " + name + " in"}})
	}
	for len(all) > views.SlipsOn {
		p.Sheets, all = append(p.Sheets, all[:views.SlipsOn]), all[views.SlipsOn:]
	}
	p.Sheets = append(p.Sheets, all)
	return p
}

func seated() []Story {
	ask := views.Form{Action: "/join/KBWFMT", Token: token}
	seat := views.SeatDoor{Ask: views.Form{Action: "/join/KBWFMT/seat", Token: token}}
	door := views.JoinClass{Class: "10b History", Taught: "Vera Noor", Ask: ask, Name: &views.Field{}, SignIn: "/sign-in?next=/join/KBWFMT", Seat: &seat}
	wrongSeat, linkSeat, bringSeat := seat, seat, seat
	wrongSeat.Number.Value, wrongSeat.Error = "7", "That PIN does not fit this seat. Your teacher can give you a new one in a moment."
	linkSeat.Links, linkSeat.As = true, "Ada Lovelace"
	bringSeat.Bring = views.Bring{N: 12, On: true}
	wrong, link, bring, open, only, in := door, door, door, door, door, door
	wrong.Seat, link.Seat, bring.Seat = &wrongSeat, &linkSeat, &bringSeat
	link.Name, link.As, link.SignIn = nil, "Ada Lovelace", ""
	bring.Brings = true
	open.Pick = &views.SeatList{Ask: views.Form{Action: "/join/KBWFMT/choose"}, Until: "Until 09:29. Tap your name.", Names: []views.SeatName{
		{N: "2", Name: "Ada L."}, {N: "3", Name: "Ada K.", URL: "/join/KBWFMT?seat=3#seat"}, {N: "4", Name: "Mila"}, {N: "5", Name: "Зоя"}, {N: "6", Name: foreign}}}
	only.Listed = true
	nobody := only
	nobody.Seat = nil
	in.In, in.As, in.SignIn = true, "Ada L.", ""
	slip := views.SlipIn{Name: "Ada L.", Class: "10b History", Ask: views.Form{Action: "/s/x", Token: token}, Leave: "/join/KBWFMT"}
	slipLink, slipBring := slip, slip
	slipLink.Links, slipLink.As = true, "Ada Lovelace"
	slipBring.Bring = views.Bring{N: 12, On: true}
	return []Story{
		{"join-seat", door, at(stranger, "/join/KBWFMT")},
		{"join-seat-wrong", wrong, at(stranger, "/join/KBWFMT")},
		{"join-seat-account", link, at(ada, "/join/KBWFMT")},
		{"join-seat-guest", bring, at(guest, "/join/KBWFMT")},
		{"join-seat-open", open, at(stranger, "/join/KBWFMT")},
		{"join-seat-only", only, at(stranger, "/join/KBWFMT")},
		{"join-listed", nobody, at(stranger, "/join/KBWFMT")},
		{"join-seat-in", in, at(guest, "/join/KBWFMT")},
		{"slip-in", slip, at(stranger, "/s/x")},
		{"slip-in-account", slipLink, at(ada, "/s/x")},
		{"slip-in-guest", slipBring, at(guest, "/s/x")},
		{"own-pin", views.OwnPIN{Name: "Ada L.", Class: "10b History", N: "7", PIN: "908 172", Code: "KBW FMT", Start: ask}, at(guest, "/pin")},
	}
}

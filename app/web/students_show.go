package web

import (
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"thaw/app/fault"
	"thaw/app/people"
	"thaw/views"
)

// studentsShow is the list of a class, and where names are pasted.
func (s *Server) studentsShow(c *Ctx) (views.Page, error) { return s.studentsPage(c, nil) }

func (s *Server) studentsPage(c *Ctx, err error) (views.Page, error) {
	r, loadErr := s.Classes.Roster(c.Context(), c.Person, c.class())
	if loadErr != nil {
		return nil, loadErr
	}
	return s.students(c, people.Added{Roster: r}, err), nil
}

// studentsAdd looks at pasted names, and makes seats of them once their preview
// has been seen.
func (s *Server) studentsAdd(c *Ctx) (string, error) {
	names, whole := c.Form("names"), c.Form("whole") == "1"
	if c.Form("do") == "add" && c.Form("seen") == seenMark(names, whole) {
		a, err := s.Classes.Seat(c.Context(), c.Person, c.class(), names, whole, c.Form("token"))
		if formal(err) && a.Roster.Class.ID != 0 {
			return "", again(s.students(c, a, err), err)
		}
		return classPath(c.class()) + "/slips", err
	}
	a, err := s.Classes.Preview(c.Context(), c.Person, c.class(), names, whole)
	if err != nil {
		return "", err
	}
	if len(a.Lines) == 0 {
		err := fault.Bad([]fault.Field{{Name: "names", Key: "roster.names_empty"}})
		return "", again(s.students(c, a, err), err)
	}
	return "", look(s.students(c, a, nil))
}

// seenMark tells what has been previewed from what has been typed since.
func seenMark(names string, whole bool) string {
	sum := sha256.Sum256([]byte(strconv.FormatBool(whole) + strings.ReplaceAll(names, "\r\n", "\n")))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

func (s *Server) students(c *Ctx, a people.Added, err error) views.Students {
	class := a.Roster.Class
	path := classPath(class.ID)
	p := views.Students{Class: class.Name, Back: path, Line: c.Say("roster.none_yet"), Away: !class.Used(), Listed: class.Listed,
		Paste: views.Form{Action: path + "/students", Token: newToken()}, Names: c.field("names", err), Whole: c.Form("whole") == "1",
		Renew: views.Form{Action: path + "/slips"}, Open: views.Form{Action: path + "/open"}, Policy: views.Form{Action: path + "/listed"}}
	if p.Names.Error == "" {
		p.Error = c.fault(err)
	}
	if fields := c.field("seat", err); fields.Error != "" {
		p.Error = fields.Error
	}
	if class.Opened(c.now) {
		p.Until = c.Say("roster.open_until", c.clock(class.OpenUntil))
	}
	if n, until := a.Roster.Printable(c.now); n > 0 {
		p.Slips = &views.Link{Text: c.Say("slips.ready", n, c.clock(until)), URL: path + "/slips"}
	}
	for _, seat := range a.Roster.Seats {
		if seat.Free() {
			p.Free++
		}
		p.List = append(p.List, seatRow(c, seat))
	}
	if n := len(p.List); n > 0 {
		p.Line = c.Say("roster.count", n, p.Free)
		if p.Free == 0 {
			p.Line = c.Say("roster.count_all", n)
		}
	}
	read(c, a, &p)
	return p
}

// clock is the time of day.
func (c *Ctx) clock(t time.Time) string { return t.In(c.Person.Location()).Format("15:04") }

func seatRow(c *Ctx, s people.Seat) views.SeatRow {
	row := views.SeatRow{N: strconv.Itoa(s.N), Name: s.Name, URL: pupilPath(s.Member), Ticks: !s.Account}
	switch {
	case s.Free():
		row.State = c.Say("roster.free")
	case s.Account:
		row.State = c.Say("roster.account", c.ago(s.Claimed))
	case s.PIN == 0:
		row.State = c.Say("roster.came_name", c.ago(s.Claimed))
	default:
		row.State = c.Say("roster.came", c.ago(s.Claimed))
	}
	return row
}

// read shows what would come of pasted names.
func read(c *Ctx, a people.Added, p *views.Students) {
	for _, l := range a.Lines {
		n := views.Named{Line: strconv.Itoa(l.Line), Text: l.Text, Name: l.Name, New: l.New}
		if l.Key != "" {
			n.Note = c.Say(l.Key, l.Args...)
		}
		p.Read = append(p.Read, n)
	}
	fresh := a.New()
	p.Sum = c.Say("roster.sum", fresh)
	if rest := len(a.Lines) - fresh; rest > 0 {
		p.Sum = c.Say("roster.sum_hand", fresh, rest)
	}
	if fresh > 0 {
		p.Add, p.Seen = c.Say("roster.add_do", fresh), seenMark(p.Names.Value, p.Whole)
	}
}

// classOpen lets names be chosen from for a while, or ends that.
func (s *Server) classOpen(c *Ctx) (string, error) {
	return classPath(c.class()) + "/students#joining", s.Classes.Open(c.Context(), c.Person, c.class(), c.Form("open") == "1")
}

// classListed sets whether only who has a seat may join.
func (s *Server) classListed(c *Ctx) (string, error) {
	return classPath(c.class()) + "/students#joining", s.Classes.ByList(c.Context(), c.Person, c.class(), c.Form("listed") == "1")
}

// classTry begins a quiz over the class's banks, as a pupil would.
func (s *Server) classTry(c *Ctx) (string, error) {
	class, err := s.Classes.Store.Class(c.Context(), c.Person.ID, c.class())
	if err != nil {
		return "", err
	}
	n, err := s.Host.Over(c.Context(), c.Person, class.Banks, c.Form("token"))
	if fault.Is(err, fault.Missing) {
		err := fault.New(fault.Conflict, "class.try_none")
		return "", s.retry(c, s.classPage, err)
	}
	return itemPath(n, 1), err
}

package people

import (
	"context"
	"sync"
	"time"

	"thaw/app/fault"
)

// Desk is where people sign up, sign in and are let back in.
type Desk struct {
	Store   Store
	Office  OfficeStore
	Claimer Claimer
	Now     func() time.Time
	Cost    Cost // of passwords

	once sync.Once
	key  []byte
	err  error
}

// secret is the installation's key, read once.
func (d *Desk) secret(ctx context.Context) ([]byte, error) {
	d.once.Do(func() { d.key, d.err = d.Store.Secret(context.WithoutCancel(ctx)) })
	return d.key, d.err
}

// Sign returns a keyed hash of bytes for a purpose, to sign what a page carries.
func (d *Desk) Sign(ctx context.Context, purpose string, parts ...[]byte) ([]byte, error) {
	key, err := d.secret(ctx)
	return keyed(key, purpose, parts...), err
}

// Opened is a way in that has been opened: the cookie's value is known only now.
type Opened struct {
	Person  Person
	Session Session
	Cookie  string
}

// Application is what somebody who wants an account has filled in.
type Application struct {
	Name, Password string
	Lang, Zone     string
}

// SignUp makes an account; a guest's progress becomes the account's. The errors
// are fault.Invalid, field by field, fault.Conflict for a taken name, and fault.Denied
// where the school wants an invitation.
func (d *Desk) SignUp(ctx context.Context, guest Person, a Application) (Opened, error) {
	may, err := d.MaySignUp(ctx, guest)
	if err != nil {
		return Opened{}, err
	}
	if !may {
		return Opened{}, fault.New(fault.Denied, "people.invited")
	}
	account, folded, mine, err := d.applied(ctx, guest, a)
	if err != nil {
		return Opened{}, err
	}
	opened, err := d.session(account.Person, false)
	if err != nil {
		return Opened{}, err
	}
	if guest.ID != 0 {
		return opened, d.Store.Claim(ctx, account, folded, mine, opened.Session)
	}
	if err := d.Store.AccountAdd(ctx, account, folded, mine); err != nil {
		return Opened{}, err
	}
	return opened, d.Store.Enter(ctx, Way{Session: opened.Session})
}

// applied makes an account of an application, of a guest's row if there is one,
// with the keyed hash of its recovery words. It is not stored yet.
func (d *Desk) applied(ctx context.Context, guest Person, a Application) (Account, string, []byte, error) {
	account, folded, err := d.account(ctx, a)
	if err != nil {
		return Account{}, "", nil, err
	}
	if guest.ID != 0 {
		account.ID, account.WordsN = guest.ID, guest.WordsN+1
		account.Lang, account.Zone, account.Created = guest.Lang, guest.Zone, guest.Created
	}
	key, err := d.secret(ctx)
	if err != nil {
		return Account{}, "", nil, err
	}
	return account, folded, wordsHash(key, words(key, account.ID, account.WordsN, accountWords)), nil
}

// account makes an account of an application, not stored yet.
func (d *Desk) account(ctx context.Context, a Application) (Account, string, error) {
	name, wrong := cleanName(a.Name)
	wrong = append(wrong, checkPassword(a.Password)...)
	if len(wrong) == 0 && Fold(a.Password) == Fold(name) {
		wrong = append(wrong, fault.Field{Name: "password", Key: "people.password_name"})
	}
	if err := fault.Bad(wrong); err != nil {
		return Account{}, "", err
	}
	phc, err := d.Cost.hash(ctx, a.Password)
	if err != nil {
		return Account{}, "", err
	}
	id, err := newID()
	return Account{Password: phc, Person: Person{ID: id, Name: name, Role: Pupil, Lang: a.Lang, Zone: zoned(a.Zone),
		Buttons: 2, Size: 100, NewADay: StandardNew, Minutes: StandardMinutes, Created: d.Now(), WordsN: 1}}, Fold(name), err
}

// zoned keeps a zone that exists.
func zoned(zone string) string {
	if _, err := time.LoadLocation(zone); err != nil || zone == "" || zone == "Local" {
		return "UTC"
	}
	return zone
}

// SignIn opens a session for a name and a password. Unknown names answer like
// wrong passwords, in the same time.
func (d *Desk) SignIn(ctx context.Context, name, password string, keep bool, v Visitor) (Opened, error) {
	folded := Fold(name)
	door := passwordDoor(folded, v.Address)
	if err := d.open(ctx, door); err != nil {
		return Opened{}, err
	}
	account, err := d.Store.AccountNamed(ctx, folded)
	if err != nil && !fault.Is(err, fault.Missing) {
		return Opened{}, err
	}
	if len(password) > 4*longest {
		password = "" // matches nothing, and takes no longer
	}
	ok, err := d.Cost.matches(ctx, account.Password, password)
	if err != nil {
		return Opened{}, err
	}
	if !ok || account.Off {
		return Opened{}, d.refuse(ctx, door, "people.wrong_password")
	}
	return d.enter(ctx, account.Person, keep, nil, v)
}

// enter opens a session in place of the browser's old one. What a guest has
// answered there comes along.
func (d *Desk) enter(ctx context.Context, who Person, keep bool, link []byte, v Visitor) (Opened, error) {
	opened, err := d.session(who, keep)
	if err != nil {
		return Opened{}, err
	}
	way := Way{Session: opened.Session, Old: v.Session, Link: link}
	if v.Guest != 0 && v.Guest != who.ID {
		return opened, d.Claimer.ClaimInto(ctx, v.Guest, who, way)
	}
	return opened, d.Store.Enter(ctx, way)
}

// Recover lets somebody in by recovery words.
func (d *Desk) Recover(ctx context.Context, typed string, v Visitor) (Opened, error) {
	door := wordsDoor(v.Address)
	if err := d.open(ctx, door); err != nil {
		return Opened{}, err
	}
	key, err := d.secret(ctx)
	if err != nil {
		return Opened{}, err
	}
	account, err := d.Store.AccountByWords(ctx, wordsHash(key, readWords(typed)))
	if fault.Is(err, fault.Missing) || (err == nil && account.Off) {
		return Opened{}, d.refuse(ctx, door, "people.wrong_words")
	}
	if err != nil {
		return Opened{}, err
	}
	return d.enter(ctx, account.Person, false, nil, v)
}

// Newcomer is the guest that a landing page's nonce stands for: the same nonce
// is the same guest with the same session, so that a doubled submit meets one.
func (d *Desk) Newcomer(ctx context.Context, nonce, address, lang, zone string) (opened Opened, words []byte, err error) {
	key, err := d.secret(ctx)
	if err != nil {
		return Opened{}, nil, err
	}
	who := Person{Role: Guest, Lang: lang, Zone: zoned(zone), Buttons: 2, Size: 100, NewADay: StandardNew, Minutes: StandardMinutes, Created: d.Now(), WordsN: 1}
	who.ID = idFrom(keyed(key, "guest", []byte(nonce)))
	cookie := keyed(key, "guest session", []byte(nonce))
	return d.opened(who, cookie, false), guestHash(key, who), d.count(ctx, guestDoor(address))
}

func guestHash(key []byte, who Person) []byte {
	return wordsHash(key, words(key, who.ID, who.WordsN, guestWords))
}

// NotedWords remembers that the words are written down: they are not shown again.
func (d *Desk) NotedWords(ctx context.Context, who Person) error {
	return d.Store.SetNoted(ctx, who.ID)
}

// RenewWords makes new recovery words; the old ones open nothing any more.
func (d *Desk) RenewWords(ctx context.Context, who Person) error {
	key, err := d.secret(ctx)
	if err != nil {
		return err
	}
	n := who.WordsN + 1
	return d.Store.SetWords(ctx, who.ID, n, wordsHash(key, words(key, who.ID, n, count(who))))
}

// SetPassword chooses a new password; the sessions of other browsers end. The
// old one is asked for unless the person came in by words or a link just now.
func (d *Desk) SetPassword(ctx context.Context, who Person, s Session, old, password string) error {
	account, err := d.Store.AccountOf(ctx, who.ID)
	if err != nil {
		return err
	}
	if d.asksOld(account, s) {
		wrong := fault.Field{Name: "old", Key: "people.wrong_old"}
		if err := d.proves(ctx, account, old, passwordDoor(Fold(who.Name), ""), wrong); err != nil {
			return err
		}
	}
	if err := fault.Bad(checkPassword(password)); err != nil {
		return err
	}
	phc, err := d.Cost.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.Store.SetPassword(ctx, who.ID, phc, s.Hash)
}

// AsksOld tells whether SetPassword asks for the password until now.
func (d *Desk) AsksOld(ctx context.Context, who Person, s Session) (bool, error) {
	account, err := d.Store.AccountOf(ctx, who.ID)
	return d.asksOld(account, s), err
}

// asksOld is no where there is no password, and in a session that was opened a
// moment ago: by recovery words, by a link, or by that password.
func (d *Desk) asksOld(a Account, s Session) bool {
	return a.Password != "" && d.Now().Sub(s.Created) >= 10*time.Minute
}

// Hash returns a password's PHC string without judging the password.
func (d *Desk) Hash(ctx context.Context, password string) (string, error) {
	return d.Cost.hash(ctx, password)
}

// Add makes an account without a password, for somebody else.
func (d *Desk) Add(ctx context.Context, name string, role Role) (Person, error) {
	name, wrong := cleanName(name)
	if err := fault.Bad(wrong); err != nil {
		return Person{}, err
	}
	id, err := newID()
	if err != nil {
		return Person{}, err
	}
	school, err := d.Store.School(ctx)
	if err != nil {
		return Person{}, err
	}
	who := Person{ID: id, Name: name, Role: role, Lang: school.Lang, Zone: zoned(school.Zone), Buttons: 2, Size: 100, NewADay: StandardNew, Minutes: StandardMinutes, Created: d.Now()}
	if err := d.Store.AccountAdd(ctx, Account{Person: who}, Fold(name), nil); err != nil {
		return Person{}, err
	}
	return who, d.Store.Audit(ctx, Act{At: d.Now(), What: actAdd, About: id})
}

package web_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"thaw/app/people"
	"thaw/questions"
)

// meets is what a route answers to each who may come by: to nobody, a guest, a
// pupil of the class, a pupil of none, the class's teacher, another teacher, an
// administrator, and to a learner for what belongs to another (0: nothing there
// is anybody's).
type meets struct{ nobody, guest, pupil, loner, teacher, rival, admin, alien int }

// The access table. A route that is not here fails the test. Numbers in a path
// are those of the class, of its pupil, and of one's own first sitting.
var access = map[string]meets{
	"GET /":                                   {200, 200, 200, 200, 200, 200, 200, 0},
	"POST /":                                  {422, 422, 422, 422, 422, 422, 422, 0},
	"GET /today":                              {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /today/minutes":                     {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /quiz":                               {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /sittings":                          {403, 422, 422, 422, 422, 422, 422, 0},
	"POST /reviews":                           {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /sittings/:n":                        {303, 303, 303, 303, 303, 303, 303, 404},
	"POST /sittings/:n/retry":                 {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /sittings/:n/undo":                  {403, 403, 403, 403, 403, 403, 403, 404},
	"GET /sittings/:n/questions/:pos":         {303, 200, 200, 200, 200, 200, 200, 404},
	"POST /sittings/:n/questions/:pos":        {403, 422, 422, 422, 422, 422, 422, 404},
	"GET /sittings/:n/check":                  {303, 303, 303, 303, 303, 303, 303, 404}, // no exam
	"POST /sittings/:n/hand-in":               {403, 409, 409, 409, 409, 409, 409, 404},
	"POST /sittings/:n/extend":                {403, 303, 303, 303, 303, 303, 303, 404}, // without a limit nothing happens
	"POST /sittings/:n/questions/:pos/given":  {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /sittings/:n/questions/:pos/right":  {403, 409, 409, 409, 409, 409, 409, 404}, // a choice
	"POST /sittings/:n/questions/:pos/report": {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /sittings/:n/questions/:pos/care":   {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /sittings/:n/questions/:pos/note":   {403, 303, 303, 303, 303, 303, 303, 404},
	"GET /assignments":                        {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /classes/:n/assignments/:a/take":    {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /classes/:n/assignments":             {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/assignments":            {403, 403, 404, 404, 422, 404, 404, 0},
	"GET /classes/:n/assignments/new":         {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/assignments/:a":          {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/assignments/:a":         {403, 403, 404, 404, 422, 404, 404, 0},
	"GET /classes/:n/assignments/:a/edit":     {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/assignments/:a/try":     {403, 403, 404, 404, 422, 404, 404, 0},
	"GET /classes/:n/assignments/:a/remove":   {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/assignments/:a/remove":  {403, 403, 404, 404, 303, 404, 404, 0},
	"GET /classes/:n/gradebook":               {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/gradebook.csv":           {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /facts":                              {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /facts":                             {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /inbox":                              {303, 303, 404, 404, 200, 200, 200, 0},
	"POST /inbox/reject":                      {403, 403, 404, 404, 404, 404, 404, 0},
	"GET /questions/:q/ruling":                {303, 303, 404, 404, 200, 404, 200, 0}, // of the built-in bank, which the class has
	"POST /questions/:q/ruling":               {403, 403, 404, 404, 404, 404, 404, 0}, // nothing that may be ruled
	"GET /rulings/:r":                         {303, 303, 404, 404, 404, 404, 404, 0}, // none yet
	"POST /rulings/:r/undo":                   {403, 403, 404, 404, 404, 404, 404, 0},
	"GET /exams":                              {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /exams":                             {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /exams/:n":                           {303, 200, 200, 200, 200, 200, 200, 404},
	"POST /exams/:n":                          {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /exams/:n/quiz":                     {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /exams/:n/result":                   {403, 422, 422, 422, 422, 422, 422, 404},
	"POST /exams/:n/later":                    {403, 409, 409, 409, 409, 409, 409, 404},
	"GET /exams/:n/remove":                    {303, 200, 200, 200, 200, 200, 200, 404},
	"POST /exams/:n/remove":                   {403, 303, 303, 303, 303, 303, 303, 404},
	"GET /progress":                           {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /memory":                             {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /mixups":                             {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /mixups":                            {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /classes/:n/mixups":                  {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/questions":               {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /questions/:q/lens":                  {303, 303, 404, 404, 200, 404, 200, 0}, // of the built-in bank, which the class has
	"GET /classes/:n/students":                {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/students":               {403, 403, 404, 404, 422, 404, 404, 0},
	"GET /classes/:n/slips":                   {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/slips":                  {403, 403, 404, 404, 422, 404, 404, 0},
	"POST /classes/:n/open":                   {403, 403, 404, 404, 303, 404, 404, 0},
	"POST /classes/:n/listed":                 {403, 403, 404, 404, 303, 404, 404, 0},
	"POST /classes/:n/try":                    {403, 403, 404, 404, 422, 404, 404, 0},
	"GET /classes/:n/teachers":                {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/teachers":               {403, 403, 404, 404, 422, 404, 404, 0},
	"POST /classes/:n/teachers/:m/leave":      {403, 403, 404, 404, 404, 404, 404, 0}, // a pupil's number
	"POST /classes/:n/pupils/:m/name":         {403, 403, 404, 404, 422, 404, 404, 0},
	"POST /classes/:n/pupils/:m/extra":        {403, 403, 404, 404, 422, 404, 404, 0},
	"POST /join/:code/seat":                   {422, 422, 422, 422, 422, 422, 422, 0},
	"POST /join/:code/choose":                 {403, 403, 403, 403, 403, 403, 403, 0}, // not open
	"GET /s/:token":                           {404, 404, 404, 404, 404, 404, 404, 0},
	"POST /s/:token":                          {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /pin":                                {303, 404, 404, 404, 404, 404, 404, 0},
	"GET /read":                               {200, 200, 200, 200, 200, 200, 200, 0},
	"POST /read":                              {422, 422, 422, 422, 422, 422, 422, 0},
	"GET /timeline":                           {200, 200, 200, 200, 200, 200, 200, 0},
	"GET /who":                                {200, 200, 200, 200, 200, 200, 200, 0},
	"GET /banks/:b/read":                      {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /banks/:b/read":                     {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /banks/:b/timeline":                  {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /banks/:b/who":                       {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /banks":                              {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /banks":                             {403, 403, 422, 422, 422, 422, 422, 0},
	"GET /banks/:b":                           {303, 200, 200, 200, 200, 200, 200, 0}, // the built-in bank
	"POST /banks/:b":                          {403, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/copy":                     {403, 403, 422, 422, 422, 422, 422, 0},
	"POST /banks/:b/bin":                      {403, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/topics":                   {403, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/topics/:t":                {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/names":                     {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /banks/:b/names":                    {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /banks/:b/names/:e":                  {303, 404, 404, 404, 404, 404, 404, 0}, // of the built-in bank
	"POST /banks/:b/names/:e":                 {403, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/names/:e/remove":          {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/updates":                   {303, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/advice":                    {303, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/order":                     {303, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/order":                    {403, 404, 404, 404, 404, 404, 404, 0},
	"POST /questions/:q/bin":                  {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/texts":                     {303, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/texts":                    {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /banks/:b/texts/:t":                  {303, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/texts/:t":                 {403, 422, 422, 422, 422, 422, 422, 0},
	"POST /banks/:b/texts/:t/remove":          {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/texts/:t/mark":             {303, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/texts/:t/mark":            {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /banks/:b/questions/new":             {303, 404, 404, 404, 404, 404, 404, 0},
	"POST /banks/:b/questions":                {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /questions":                          {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /questions/:q":                       {303, 404, 404, 404, 404, 404, 404, 0}, // of the built-in bank
	"POST /questions/:q":                      {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /questions/:q/versions":              {303, 404, 404, 404, 404, 404, 404, 0},
	"POST /questions/:q/state":                {403, 404, 404, 404, 404, 404, 404, 0},
	"POST /questions/:q/update":               {403, 404, 404, 404, 404, 404, 404, 0},
	"GET /teach":                              {200, 200, 303, 303, 303, 303, 303, 0},
	"POST /teach":                             {404, 404, 303, 303, 303, 303, 303, 0},
	"POST /preview":                           {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /classes":                            {303, 303, 404, 404, 200, 200, 200, 0},
	"POST /classes":                           {403, 403, 404, 404, 422, 422, 422, 0},
	"GET /classes/:n":                         {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/starter":                 {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/class.csv":               {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/code":                    {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/code":                   {403, 403, 404, 404, 303, 404, 404, 0},
	"GET /classes/:n/settings":                {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/name":                   {403, 403, 404, 404, 422, 404, 404, 0},
	"POST /classes/:n/banks":                  {403, 403, 404, 404, 303, 404, 404, 0},
	"POST /classes/:n/archive":                {403, 403, 404, 404, 303, 404, 404, 0},
	"GET /classes/:n/pupils/:m":               {303, 303, 404, 404, 200, 404, 404, 0},
	"GET /classes/:n/pupils/:m/reset":         {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/pupils/:m/reset":        {403, 403, 404, 404, 422, 404, 404, 0},
	"GET /classes/:n/pupils/:m/remove":        {303, 303, 404, 404, 200, 404, 404, 0},
	"POST /classes/:n/pupils/:m/remove":       {403, 403, 404, 404, 303, 404, 404, 0},
	"GET /welcome":                            {303, 303, 404, 404, 200, 200, 200, 0},
	"GET /people":                             {303, 303, 404, 404, 404, 404, 200, 0},
	"POST /people/invite":                     {403, 403, 404, 404, 404, 404, 422, 0},
	"POST /people/revoke":                     {403, 403, 404, 404, 404, 404, 404, 0},
	"POST /people/sign-up":                    {403, 403, 404, 404, 404, 404, 303, 0},
	"GET /people/classes":                     {303, 303, 404, 404, 404, 404, 200, 0},
	"GET /people/classes/:n":                  {303, 303, 404, 404, 404, 404, 200, 0},
	"POST /people/classes/:n/archive":         {403, 403, 404, 404, 404, 404, 303, 0},
	"POST /people/classes/:n/teachers":        {403, 403, 404, 404, 404, 404, 422, 0},
	"GET /people/:who/answers":                {303, 303, 404, 404, 404, 404, 200, 0}, // a form that asks why
	"POST /people/:who/answers":               {403, 403, 404, 404, 404, 404, 422, 0},
	"GET /people/health":                      {303, 303, 404, 404, 404, 404, 200, 0},
	"GET /people/backups":                     {303, 303, 404, 404, 404, 404, 200, 0},
	"POST /people/backups":                    {403, 403, 404, 404, 404, 404, 303, 0},
	"GET /people/backups/:name":               {303, 303, 404, 404, 404, 404, 404, 0}, // none of that name
	"POST /people/backups/:name":              {403, 403, 404, 404, 404, 404, 404, 0},
	"GET /people/backups/:name/file":          {303, 303, 404, 404, 404, 404, 404, 0},
	"GET /people/:who":                        {303, 303, 404, 404, 404, 404, 200, 0},
	"POST /people/:who/role":                  {403, 403, 404, 404, 404, 404, 422, 0},
	"POST /people/:who/off":                   {403, 403, 404, 404, 404, 404, 303, 0},
	"POST /people/:who/link":                  {403, 403, 404, 404, 404, 404, 422, 0},
	"GET /join":                               {200, 200, 200, 200, 200, 200, 200, 0},
	"GET /join/:code":                         {200, 200, 200, 200, 303, 200, 200, 0},
	"POST /join/:code":                        {422, 422, 422, 422, 422, 422, 422, 0},
	"GET /seen":                               {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /classes/:n/leave":                   {303, 404, 200, 404, 404, 404, 404, 0},
	"POST /classes/:n/leave":                  {403, 404, 303, 404, 404, 404, 404, 0},
	"GET /sign-in":                            {200, 200, 200, 200, 200, 200, 200, 0},
	"POST /sign-in":                           {422, 422, 422, 422, 422, 422, 422, 0},
	"GET /sign-up":                            {200, 200, 303, 303, 303, 303, 303, 0},
	"POST /sign-up":                           {422, 422, 303, 303, 303, 303, 303, 0},
	"GET /recover":                            {200, 200, 200, 200, 200, 200, 200, 0},
	"POST /recover":                           {422, 422, 422, 422, 422, 422, 422, 0},
	"POST /sign-out":                          {403, 303, 303, 303, 303, 303, 303, 0},
	"GET /fresh":                              {303, 200, 303, 303, 303, 303, 303, 0},
	"POST /fresh":                             {403, 303, 303, 303, 303, 303, 303, 0},
	"GET /idle":                               {303, 303, 303, 303, 303, 303, 303, 0}, // nobody has paused
	"POST /idle":                              {403, 303, 303, 303, 303, 303, 303, 0},
	"POST /account/calendar":                  {403, 303, 303, 303, 303, 303, 303, 0},
	"POST /account/calendar/off":              {403, 303, 303, 303, 303, 303, 303, 0},
	"GET /account/leave":                      {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /account/leave":                     {403, 303, 303, 303, 409, 303, 303, 0}, // nobody has a password; a teacher has a class
	"GET /left":                               {303, 303, 303, 303, 303, 303, 303, 0}, // nobody has left
	"GET /leaving":                            {303, 303, 303, 303, 303, 303, 303, 0},
	"POST /leaving":                           {403, 303, 303, 303, 303, 303, 303, 0},
	"GET /calendar/:token.ics":                {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /account":                            {303, 303, 200, 200, 200, 200, 200, 0},
	"GET /account/data.json":                  {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /account/data.csv":                   {303, 200, 200, 200, 200, 200, 200, 0},
	"GET /settings":                           {303, 200, 200, 200, 200, 200, 200, 0},
	"POST /settings":                          {403, 422, 422, 422, 422, 422, 422, 0},
	"GET /password":                           {303, 303, 200, 200, 200, 200, 200, 0},
	"POST /password":                          {403, 403, 422, 422, 422, 422, 422, 0},
	"GET /words":                              {303, 303, 200, 200, 200, 200, 200, 0},
	"POST /words/noted":                       {403, 303, 303, 303, 303, 303, 303, 0},
	"POST /words/renew":                       {403, 403, 303, 303, 303, 303, 303, 0},
	"GET /setup/:token":                       {404, 404, 404, 404, 404, 404, 404, 0},
	"POST /setup/:token":                      {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /ready":                              {303, 303, 200, 200, 200, 200, 200, 0},
	"GET /link/:token":                        {404, 404, 404, 404, 404, 404, 404, 0},
	"POST /link/:token":                       {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /invite/:token":                      {404, 404, 404, 404, 404, 404, 404, 0},
	"POST /invite/:token":                     {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /assets/*":                           {404, 404, 404, 404, 404, 404, 404, 0},
	"GET /media/:name":                        {303, 404, 404, 404, 404, 404, 404, 0},
	"GET /healthz":                            {200, 200, 200, 200, 200, 200, 200, 0},
	"GET /readyz":                             {200, 200, 200, 200, 200, 200, 200, 0},
}

// class is a class with a teacher and one pupil.
type class struct {
	id      questions.ClassID
	code    string
	teacher *visitor
	pupil   *visitor
	m       int // the pupil's number
}

func (c class) path() string { return "/classes/" + c.id.String() }

func (c class) pupilPath() string { return fmt.Sprintf("%s/pupils/%d", c.path(), c.m) }

// named is somebody with an account and a role who has answered one question.
func named(s *site, name string, role people.Role) *visitor {
	s.t.Helper()
	s.people++
	who := people.Person{ID: questions.LearnerID(1000 + s.people), Name: name, Role: role, Lang: "en", Zone: "UTC", Buttons: 2,
		NewADay: 10, Minutes: 10, Size: 100, Created: s.now, WordsN: 1}
	if err := s.app.Desk.Store.AccountAdd(s.t.Context(), people.Account{Person: who}, people.Fold(name), nil); err != nil {
		s.t.Fatal(err)
	}
	v := &visitor{site: s}
	v.letIn(who)
	v.post("/", "token", token((&visitor{site: s}).page("/")), "answer", "1")
	return v
}

// letIn signs somebody in by a link.
func (v *visitor) letIn(who people.Person) {
	v.t.Helper()
	value, err := v.app.Desk.SignInLink(v.t.Context(), who)
	if err != nil {
		v.t.Fatal(err)
	}
	v.post("/link/" + value)
}

// newClass makes a class of a new teacher, with one pupil with an account.
func newClass(s *site, name string) class {
	s.t.Helper()
	c := class{teacher: named(s, "Teacher of "+name, people.Teacher), pupil: named(s, "Pupil of "+name, people.Pupil)}
	to := c.teacher.post("/classes", "name", name, "bank", "1", "token", token(c.teacher.page("/classes")))
	if _, err := fmt.Sscanf(to, "/classes/%d", &c.id); err != nil {
		s.t.Fatalf("a new class leads to %s: %v", to, err)
	}
	list, err := s.app.Classes.Store.Classes(s.t.Context(), c.teacher.person().ID)
	if err != nil {
		s.t.Fatal(err)
	}
	c.code = list[0].Code
	c.m = c.join(c.pupil, "")
	return c
}

// join makes somebody a pupil of the class and returns the number there.
func (c class) join(v *visitor, name string) int {
	v.t.Helper()
	v.now = v.now.Add(time.Second) // after whatever was answered before
	v.post("/join/"+c.code, "token", token(v.page("/join/"+c.code)), "name", name)
	d, err := v.app.Classes.Members.Doorway(v.t.Context(), c.code, v.person().ID)
	if err != nil {
		v.t.Fatal(err)
	}
	return d.Mine.N
}

func TestAccessTable(t *testing.T) {
	s := open(t)
	for i, r := range s.server.Routes() {
		key := r.Method + " " + r.Path
		want, ok := access[key]
		if !ok {
			t.Errorf("%s has no row in the access table", key)
			continue
		}
		c := newClass(s, fmt.Sprintf("%d", i))
		a := 0
		if strings.Contains(r.Path, "/assignments/:a") {
			a = c.gives("title", "Homework")
		}
		path := strings.NewReplacer("/classes/:n", c.path(), ":a", fmt.Sprint(a), ":m", fmt.Sprint(c.m), ":code", c.code, ":who", c.pupil.person().ID.String()).Replace(r.Path)
		other := func(name string, role people.Role) *visitor { return named(s, fmt.Sprintf("%s %d", name, i), role) }
		for _, who := range []struct {
			name string
			v    *visitor
			want int
		}{
			{"nobody", &visitor{site: s}, want.nobody}, {"a guest", guest(s), want.guest}, {"a pupil of none", other("Loner", people.Pupil), want.loner},
			{"another teacher", other("Rival", people.Teacher), want.rival}, {"the class's pupil", c.pupil, want.pupil},
			{"an administrator", other("Admin", people.Admin), want.admin}, {"the class's teacher", c.teacher, want.teacher},
		} {
			if strings.HasPrefix(r.Path, "/exams/:n") && who.name != "nobody" {
				who.v.exam("Finals", 3)
			}
			who.v.meets(key, who.name, r.Method, fill(path), nil, who.want)
		}
		if want.alien != 0 {
			form := url.Values{"token": {"abcdefghijklmnopqrstuv"}, "answer": {"1"}}
			other("Alien", people.Pupil).meets(key, "a stranger to it", r.Method, strings.NewReplacer("/sittings/1", "/sittings/9", "/exams/1", "/exams/9").Replace(fill(path)), form, want.alien)
		}
	}
	if len(access) != len(s.server.Routes()) {
		t.Errorf("%d rows for %d routes", len(access), len(s.server.Routes()))
	}
}

// exam makes an exam in some days and returns where it is.
func (v *visitor) exam(title string, days int, more ...string) string {
	v.t.Helper()
	day := v.now.AddDate(0, 0, days).Format(time.DateOnly)
	return v.post("/exams", append([]string{"token", token(v.page("/exams")), "title", title, "date", day, "time", "09:00"}, more...)...)
}

func (v *visitor) meets(route, name, method, path string, form url.Values, want int) {
	v.t.Helper()
	res := v.send(method, path, form)
	res.Body.Close()
	if res.StatusCode != want {
		v.t.Errorf("%s for %s: %d, want %d", route, name, res.StatusCode, want)
	}
}

package jobs

import "time"

// gap keeps the first runs apart from the start and from each other.
const gap = 2 * time.Second

// never is later than anything.
const never = 100 * 365 * 24 * time.Hour

// plan says which job runs next, and when. It knows no clock.
type plan struct {
	jobs  []Job
	start time.Time
	at    []time.Time // of each job's next run
}

// begin lets each job run soon after the start, in their order.
func begin(jobs []Job, start time.Time) *plan {
	p := &plan{jobs: jobs, start: start}
	for i := range jobs {
		p.at = append(p.at, start.Add(time.Duration(i+1)*gap))
	}
	return p
}

// next is the job that has waited longest for its time, or will be the first to.
// Without jobs the time never comes.
func (p *plan) next() (job int, at time.Time) {
	if len(p.jobs) == 0 {
		return 0, p.start.Add(never)
	}
	for i := range p.at {
		if p.at[i].Before(p.at[job]) {
			job = i
		}
	}
	return job, p.at[job]
}

// ran plans the next run of a job that has ended: an interval later, so that a
// slow job leaves the others their time.
func (p *plan) ran(job int, ended time.Time) {
	p.at[job] = ended.Add(max(p.jobs[job].Every, gap))
}

// Package reporting sets up the function that brings back what SES reports.
package reporting

import (
	"time"

	"aanmeldpunt/internal/setup"
	"aanmeldpunt/internal/work"
)

// FromOS gives the reports that the environment describes, or ends the process naming what is wrong.
func FromOS() *work.Reports {
	log := setup.Log()
	env := setup.FromOS()
	reports := &work.Reports{ConfigurationSet: env.Text("CONFIGURATION_SET"), Now: time.Now, Log: log,
		Letters: env.Store(setup.HTTP())}
	env.Must()
	return reports
}

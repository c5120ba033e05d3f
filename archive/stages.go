package archive

import "qissa"

// The stages that tell how far a batch is, before and after those of [qissa.Cluster].
const (
	StageAdding  qissa.Stage = "adding articles"
	StageReading qissa.Stage = "reading the archive"
	StageWriting qissa.Stage = "writing stories"
	StageChanges qissa.Stage = "writing changes"
	StageModel   qissa.Stage = "writing the model"
	StageSaving  qissa.Stage = "waiting for the disk"
)

// stage starts a stage of a batch. It returns what tells how far the stage is.
func stage(opt qissa.Options, name qissa.Stage) func(done, total int) {
	if opt.Progress == nil {
		return func(int, int) {}
	}
	opt.Progress(qissa.Progress{Stage: name})
	return func(done, total int) { opt.Progress(qissa.Progress{Stage: name, Done: done, Total: total}) }
}

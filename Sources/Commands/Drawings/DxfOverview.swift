// The commands of `dxf`: drawings are read, measured, checked, compared and shown; no shop is needed.
//
// `DrawingFiles` finds the files of a call, in folders too, and reads them side by side. Each command measures with the same options
// (`DxfMeasuring`) and prints what `Drawings` has found: `DxfContours`, `DxfLayers`, `DxfTime`, `DxfSame`, `DxfDiff`. `MeasuringNotes`
// tells, one line a kind, what a drawing holds that its figures leave out.

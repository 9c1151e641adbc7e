// The commands of `dxf`, which read, measure, check, compare and show drawings, with or without a shop.
//
// `DrawingFiles` finds the files of a call, including those in folders, and reads them in parallel. All commands measure with the same
// options (`DxfMeasuring`) and print the results of `Drawings`: `DxfContours`, `DxfLayers`, `DxfTime`, `DxfSame`, `DxfDiff`.
// `MeasuringNotes` lists what a drawing contains that the figures leave out.

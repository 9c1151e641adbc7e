// Whether a part fits into a remnant.
//
// A `FitPart` is the outline of a part, a `FitRegion` what is left of a sheet: an outline with windows. `FitSearch` looks for a `Fit`: a
// rotation and a place at which the part keeps a margin from the outline and a gap from the windows. Parts are not mirrored, and nothing is
// laid into the holes of a part.
//
// A fit is proved, to 1 µm, before it is reported; ellipses and splines are arcs within half of that here. Either the part's extents, which its `SupportFunction` gives exactly, lie within a free
// rectangle (`FreeRectangles`); or `FitProof` compares the part's lines and arcs with those of the region by formula; or, where no distance
// is kept and there are no arcs, each convex piece of the part is separated from each convex piece of what is not there.
//
// What may be missed:
// - In a rectangle without windows nothing: `WidthProfile` gives all rotations at which both extents are small enough. The same holds for
//   each of the largest rectangles that windows and inner corners leave free.
// - Elsewhere `PoseSearch` finds a place at a given rotation whenever there is one with some hundredths of a millimetre to spare where arcs
//   or the corners of windows are near (`ConvexShape.grown`), but only the rotations of `FitAngles` are tried: those that align edges, and
//   180 others within the rotations at which the part is not larger than the region's box.
// - A part of more than `FitPart.mostCorners` corners, or whose outline crosses itself, is taken as its convex hull there.
// Several parts are counted by `BoxGrid`: a grid of the box around one. Other arrangements may hold more.

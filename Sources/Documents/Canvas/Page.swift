/// A rectangle on a page, in points, y downwards.
package struct Area: Equatable, Sendable {
    package var x, y, width, height: Double

    package init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    var right: Double { x + width }
    var bottom: Double { y + height }
}

/// The size of a page and the margins around its text, in points.
package struct Page: Equatable, Sendable {
    package var width, height: Double
    package var margins: Margins

    package struct Margins: Hashable, Sendable {
        package var left, top, right, bottom: Double

        package init(left: Double, top: Double, right: Double, bottom: Double) {
            (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
        }

        package init(_ all: Double) { self.init(left: all, top: all, right: all, bottom: all) }
    }

    /// A paper size in millimetres, in portrait orientation.
    package struct Paper: Equatable, Sendable {
        package var width, height: Double

        package static let a4 = Paper(width: 210, height: 297)
    }

    package init(width: Double, height: Double, margins: Margins = Margins(0)) {
        (self.width, self.height, self.margins) = (width, height, margins)
    }

    /// - Parameter isUpright: portrait orientation; otherwise landscape.
    package init(_ paper: Paper, isUpright: Bool = true, margins: Margins) {
        let (short, long) = (paper.width / 25.4 * 72, paper.height / 25.4 * 72)
        self.init(width: isUpright ? short : long, height: isUpright ? long : short, margins: margins)
    }

    /// The area within the margins.
    package var inner: Area {
        Area(margins.left, margins.top, width - margins.left - margins.right, height - margins.top - margins.bottom)
    }
}

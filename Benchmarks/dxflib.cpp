// Parses drawings with dxflib without storing them, and prints the counts: dxflib FILE...
#include <dxflib/dl_creationadapter.h>
#include <dxflib/dl_dxf.h>

#include <cstdio>

namespace {

struct Counter : DL_CreationAdapter {
    long entities = 0;
    double sum = 0;
    void addLine(const DL_LineData &line) override { entities++, sum += line.x2 - line.x1; }
    void addArc(const DL_ArcData &arc) override { entities++, sum += arc.radius; }
    void addCircle(const DL_CircleData &circle) override { entities++, sum += circle.radius; }
    void addEllipse(const DL_EllipseData &ellipse) override { entities++, sum += ellipse.mx; }
    void addVertex(const DL_VertexData &vertex) override { entities++, sum += vertex.x; }
    void addControlPoint(const DL_ControlPointData &point) override { entities++, sum += point.x; }
};

}  // namespace

int main(int count, char **words) {
    Counter counter;
    for (int place = 1; place < count; place++) {
        DL_Dxf reader;
        reader.in(words[place], &counter);
    }
    std::printf("%ld entities, %g\n", counter.entities, counter.sum);
}

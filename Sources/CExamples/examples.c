#include "examples.h"

static const unsigned char demo[] = {
#embed "../../examples/demo-shop.txt"
};
static const unsigned char clients[] = {
#embed "../../examples/clients.csv"
};
static const unsigned char machines[] = {
#embed "../../examples/machines.csv"
};
static const unsigned char materials[] = {
#embed "../../examples/materials.csv"
};
static const unsigned char presets[] = {
#embed "../../examples/presets.csv"
};
static const unsigned char flange[] = {
#embed "../../examples/0001-Flange-MS-10mm-x4.dxf"
};
static const unsigned char bracket[] = {
#embed "../../examples/0002-Bracket-MS-5mm-x10.dxf"
};
static const unsigned char gasket[] = {
#embed "../../examples/0003-Gasket-SS-1mm-x25.dxf"
};
static const unsigned char panel[] = {
#embed "../../examples/0004-Panel-AL-2mm-x6.dxf"
};
static const unsigned char cover[] = {
#embed "../../examples/0005-Cover-SS-3mm-x2.dxf"
};
static const unsigned char nameplate[] = {
#embed "../../examples/0006-Nameplate-Brass-1.5mm-x50.dxf"
};
static const unsigned char drag_link[] = {
#embed "../../examples/0007-Link-MS-8mm-x12.dxf"
};

static const struct laseros_example all[] = {
    {"clients.csv", clients, sizeof clients},
    {"machines.csv", machines, sizeof machines},
    {"materials.csv", materials, sizeof materials},
    {"presets.csv", presets, sizeof presets},
    {"0001-Flange-MS-10mm-x4.dxf", flange, sizeof flange},
    {"0002-Bracket-MS-5mm-x10.dxf", bracket, sizeof bracket},
    {"0003-Gasket-SS-1mm-x25.dxf", gasket, sizeof gasket},
    {"0004-Panel-AL-2mm-x6.dxf", panel, sizeof panel},
    {"0005-Cover-SS-3mm-x2.dxf", cover, sizeof cover},
    {"0006-Nameplate-Brass-1.5mm-x50.dxf", nameplate, sizeof nameplate},
    {"0007-Link-MS-8mm-x12.dxf", drag_link, sizeof drag_link},
    {0, 0, 0},
};

struct laseros_example laseros_example(int i) { return all[i]; }

struct laseros_example laseros_demo(void) { return (struct laseros_example){"demo-shop.txt", demo, sizeof demo}; }

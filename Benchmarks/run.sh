#!/bin/bash
# Prints the cost of laseros beside that of programs that do the same: medians and ratios, without a verdict.
# run.sh BINARY [OLDER]: with an older binary, short commands are compared with that one, too.
set -eu
laseros=$(realpath "$1")
if [ $# -gt 1 ]; then older=$(realpath "$2"); fi
cd "$(dirname "$0")"

python3 start.py "$laseros"
if [ $# -gt 1 ]; then python3 start.py "$laseros" "$older"; fi
python3 million.py "$laseros"
python3 lists.py "$laseros"
python3 search.py "$laseros" ${older:+"$older"}
python3 jobs.py "$laseros"
python3 journal.py "$laseros"
python3 remnants.py "$laseros"
python3 floor.py "$laseros"

python=../.venv/bin/python
if [ ! -x $python ]; then python3 -m venv ../.venv; fi
$python -c 'import sqlite_utils' 2>/dev/null || ../.venv/bin/pip install --quiet sqlite-utils
python3 rows.py "$laseros" "$(realpath ../.venv/bin/sqlite-utils)"

sh reading.sh
python3 checking.py "$laseros" ../.build-reading ${older:+"$older"}

drawings=../../shared/dxf
if [ ! -d "$drawings" ]; then
    echo "no drawings in ${drawings#../}: dxf info is not compared"
    exit 0
fi
$python -c 'import ezdxf' 2>/dev/null || ../.venv/bin/pip install --quiet ezdxf
dxflib=
if [ -e /usr/include/dxflib/dl_dxf.h ]; then
    dxflib=../.build-reading/dxflib
    g++ -O2 dxflib.cpp -ldxflib -o $dxflib
else
    echo "no dxflib: Debian has it as libdxflib-dev"
fi
$python drawings.py "$laseros" "$drawings" $dxflib

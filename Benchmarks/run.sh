#!/bin/bash
# Prints what laseros costs beside programs that do the same: medians and ratios, never a verdict.
set -eu
laseros=$(realpath "$1")
cd "$(dirname "$0")"

python3 start.py "$laseros"
python3 million.py "$laseros"

drawings=../../shared/dxf
if [ ! -d "$drawings" ]; then
    echo "no drawings in ${drawings#../}: dxf info is not compared"
    exit 0
fi
if [ ! -x ../.venv/bin/python ]; then python3 -m venv ../.venv; fi
../.venv/bin/python -c 'import ezdxf' 2>/dev/null || ../.venv/bin/pip install --quiet ezdxf
../.venv/bin/python drawings.py "$laseros" "$drawings"

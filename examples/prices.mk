# Keeps the price list of the shop up with the suppliers' files: make looks which of them are newer than what was taken last, and only
# those are read. A list that is refused leaves no stamp, so that the next run tries it again.
# usage: make -f prices.mk [LISTS='bay-steel.csv gas.csv'] [STAMPS=DIR]

LISTS ?= $(wildcard *-prices.csv)
STAMPS ?= .taken
EXAMPLES := $(dir $(lastword $(MAKEFILE_LIST)))

.PHONY: all
all: $(LISTS:%=$(STAMPS)/%)

$(STAMPS)/%: %
	@mkdir -p $(@D)
	@$(EXAMPLES)import-prices.sh $<
	@touch $@

# Keeps the price list of the shop up to date with the suppliers' files: make compares their times with those of the last import and imports
# only newer ones. A list that is refused leaves no stamp, so that the next run tries it again.
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

# All 99 percentiles with R's quantreg, method br, as the literature does it: one quantile after another, all rows.
# Usage: Rscript growth_quantreg.R PUPILS.csv COEFFICIENTS.csv; the last column of PUPILS is the score.
# Prints the seconds of the fits alone: reading, knots and B-splines are not counted.
suppressMessages({library(quantreg); library(splines)})
names <- commandArgs(TRUE)
data <- as.matrix(read.csv(names[1], header = FALSE))
y <- data[, ncol(data)]
X <- matrix(1, nrow(data), 1)
for (k in seq_len(ncol(data) - 1)) {
  x <- data[, k]
  X <- cbind(X, bs(x, knots = quantile(x, c(.2, .4, .6, .8)), Boundary.knots = extendrange(x, f = .1)))
}
# a solution that is not the only one is announced with a warning
started <- proc.time()[["elapsed"]]
found <- suppressWarnings(sapply(1:99 / 100, function(tau) rq.fit.br(X, y, tau = tau)$coefficients))
cat(proc.time()[["elapsed"]] - started, as.character(packageVersion("quantreg")), R.version$major, R.version$minor)
write.table(format(t(found), digits = 17), names[2], row.names = FALSE, col.names = FALSE, sep = ",", quote = FALSE)

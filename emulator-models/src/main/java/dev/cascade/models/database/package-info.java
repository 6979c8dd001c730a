/**
 * A database as its clients and its locks know it: connections, queries of several kinds, row
 * locks, and replicas that apply the primary's changes later. It leaves out transactions of several
 * statements and with them deadlocks, isolation, plans and pages, failover, and what a query reads.
 */
@NullMarked
package dev.cascade.models.database;

import org.jspecify.annotations.NullMarked;

/**
 * Random walks of whole clusters of the real nodes, in virtual time: faults, a workload, and
 * checkers that are apart from what they check. The same walk gives the same run, to the last
 * message.
 */
@NullMarked
package dev.cets.testkit.sim;

import org.jspecify.annotations.NullMarked;

/** What holds for every test run of this project. */
@NullMarked
package dev.cets.testrules;

import org.jspecify.annotations.NullMarked;

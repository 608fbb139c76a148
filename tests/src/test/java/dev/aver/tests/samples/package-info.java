/**
 * The guest programs of {@code zkvm/guest} on the real machine: every case of the manifests gives its known answer on
 * every engine, records as it ran, and the prebuilt files are what their sources compile to.
 */
@NullMarked
package dev.aver.tests.samples;

import org.jspecify.annotations.NullMarked;

/**
 * What all reports that are HTML pages share: the template with its content security policy, and
 * the facts about the recording above each report.
 *
 * <p>Callers: the packages of the pages. Threads: a template is immutable. Class loader: an
 * ordinary library.
 */
@NullMarked
package dev.heaplight.viewer.page;

import org.jspecify.annotations.NullMarked;

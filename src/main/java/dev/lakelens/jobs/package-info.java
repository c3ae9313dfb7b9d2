/** The command line: one class for each command. Imports every room; nobody imports it. */
package dev.lakelens.jobs;

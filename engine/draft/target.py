"""What the drafts are written for: Camunda Modeler's Camunda 7 platform, and by whom."""

PLATFORM = "Camunda Platform"
PLATFORM_VERSION = "7.24.0"
EXPORTER = "Alur"
EXPORTER_VERSION = "0.1.0"

HISTORY_TIME_TO_LIVE = "P10Y"
"""Only so that the Modeler's check is content; Alur deletes nothing by it."""

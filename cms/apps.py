"""The site as a Django app."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class CmsConfig(AppConfig):
    """Connects what must be in place before the first page: shelves, the outbox, what pages show."""

    name = "cms"
    verbose_name = "志汇"

    def ready(self) -> None:
        """Connect signals; imports wait until every model is loaded."""
        from cms.desk import checks, references, reports  # noqa: F401 (the checks register themselves)
        from cms.indexing import signals
        from cms.pages import contexts, edition, redirects, resumed_forms, throttle  # noqa: F401 (contexts register themselves)
        from cms.setup import bootstrap
        from cms.worker import in_process

        # After the last app with models, so that every permission a role needs has been made by then.
        last = [app for app in apps.get_app_configs() if app.models_module][-1]
        post_migrate.connect(bootstrap.put_up_shelves, sender=last)
        signals.connect()
        edition.connect()
        redirects.connect()
        throttle.connect()
        reports.guard()
        in_process.connect()
        resumed_forms.connect()
        references.connect()
        autodiscover_modules("contexts")

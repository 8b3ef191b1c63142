from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0005_gazetteer")]

    operations = [
        migrations.CreateModel(
            name="OwnStyle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("theme", models.CharField(choices=[("light", "light"), ("dark", "dark")], max_length=5)),
                ("content", models.JSONField()),
                (
                    "city",
                    models.ForeignKey(on_delete=models.deletion.CASCADE, related_name="+", to="layers.city"),
                ),
            ],
            options={
                "verbose_name": "style of a city’s own",
                "verbose_name_plural": "styles of cities’ own",
                "constraints": [
                    models.UniqueConstraint(fields=["city", "theme"], name="ownstyle_theme_in_city"),
                    models.CheckConstraint(
                        condition=models.Q(("theme__in", ["light", "dark"])), name="ownstyle_theme_is_known"
                    ),
                ],
            },
        ),
    ]

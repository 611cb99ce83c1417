"""What is kept of numbers that were looked at together: evidence packs."""


import django.db.models.deletion
import insights.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('stories', '0045_attempts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidencePack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=insights.models.new_key, editable=False, max_length=22, unique=True)),
                ('title', models.CharField(max_length=100)),
                ('query', models.JSONField(default=dict)),
                ('counts', models.JSONField()),
                ('frozen_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence_packs', to=settings.AUTH_USER_MODEL)),
                ('quotations', models.ManyToManyField(related_name='evidence_packs', to='stories.quotation')),
                ('stories', models.ManyToManyField(related_name='evidence_packs', to='stories.story')),
            ],
            options={
                'ordering': ['-frozen_at', '-pk'],
            },
        ),
    ]

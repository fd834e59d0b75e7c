# differs: buildx 0.33 and later have unixtimestampparse
t = unixtimestampparse(1709787969)

target "default" {
  args = {
    date = "${t.year}-${t.month}-${t.day} ${t.hour}:${t.minute}:${t.second}"
    name = "${t.weekday_name} ${t.month_name}"
    text = t.rfc3339
    week = "${t.iso_year} ${t.iso_week} ${t.weekday} ${t.year_day}"
  }
}
